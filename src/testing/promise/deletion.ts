import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import { runErasures } from '../../actions/privacy/run-erasures.ts';
import { password, signedUp, type Visitor } from '../app.ts';
import { promiseWorld, type PromiseWorld } from './promise.ts';
import { plantChannel } from './promise-post.ts';
import type { World } from '../world.ts';

/** Ada with a channel, whose data are canaries, and what she does to have them deleted. */
export interface DeletionWorld {
  world: PromiseWorld;
  ada: Visitor;
  on: World;
  personOf: (address: string) => Promise<{ userId: string; workspaceId: string }>;
  /** Asks for the deletion of the account. */
  ask: (fields?: Record<string, string>) => Promise<LightMyRequestResponse>;
  /** The job, until nothing is due; twenty runs at most. */
  erase: () => Promise<void>;
  /** Places whose canary is still somewhere on disk. */
  left: () => string[];
  /** The lines of the log of deletions. */
  log: () => Record<string, unknown>[];
}

export const adasEmail = 'ada@example.org';
export const atOnce = { when: 'now', understood: 'on' };

export async function deletionWorld(env: Record<string, string> = {}): Promise<DeletionWorld> {
  const world = await promiseWorld(env);
  const { deps } = world.app;
  const ada = await signedUp(world.app, adasEmail);
  const personOf = async (address: string) => {
    const user = await deps.store.people.userByEmail(address);
    const [workspace] = await deps.store.people.workspacesOf(user?.id ?? '');
    return { userId: user?.id ?? '', workspaceId: workspace?.id ?? '' };
  };
  const person = await personOf(adasEmail);
  await deps.store.people.rename(person.userId, world.canary('name'));
  return {
    world, ada, personOf, on: await plantChannel(world, 'ada', person),
    ask: (fields = {}) => ada.post('/settings/delete-account', { password, when: 'later', ...fields }),
    erase: async () => {
      for (let run = 0; run < 20; run += 1) {
        await runErasures(deps);
        if ((await deps.store.erasures.due(world.clock.now() + 10_000)).length === 0) return;
        world.clock.advance(2_000);
      }
    },
    left: () => Object.keys(world.left()),
    log: () => readFileSync(join(world.app.dir, 'erasures.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
