import { atLeast } from '../../domain/role.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Deps } from '../../deps.ts';
import { ProviderError, type Intake, type Provider, type Saying } from '../../providers/contract.ts';
import type { IntakeLink } from '../../store/intake/intake.ts';
import type { Ask } from '../posts/composing.ts';

export type IntakeDeps = Pick<Deps, 'store' | 'storage' | 'providers' | 'settings' | 'io' | 'config' | 'now' | 'log'> & { ask: Ask };

/** A network whose bot takes in what people send it. */
export type IntakeProvider = Provider & { intake: Intake };

export function takesIn(provider: Provider): provider is IntakeProvider {
  return provider.intake !== undefined && provider.connect.kind === 'bot';
}

/** Whoever sends drafts may write them in the dashboard, too. */
export const neededRole = 'editor';

export function mayWrite({ role }: IntakeLink): boolean {
  return atLeast(role, neededRole);
}

/** A linked person at work, as the dashboard's actions know them. */
export function actorFor({ workspaceId, userId, role }: IntakeLink): Actor {
  return { workspaceId, userId, role };
}

/** Says something. That it cannot be said now keeps nothing else from happening, and who it was for is not logged. */
export async function tell({ io, log }: Pick<IntakeDeps, 'io' | 'log'>, provider: IntakeProvider, to: string, saying: Saying): Promise<void> {
  await unlessRefused({ log }, provider, () => provider.intake.say(to, saying, io(provider.id, '')));
}

export async function unlessRefused({ log }: Pick<IntakeDeps, 'log'>, provider: IntakeProvider, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log.warn({ provider: provider.id, code: error.failure.code }, 'the bot could not answer');
  }
}
