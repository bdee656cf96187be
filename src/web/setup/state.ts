import { addressCheck, mediaCheck } from '../../actions/instance/check-address.ts';
import { mailTest } from '../../actions/mails/save-mail-server.ts';
import { isSetupStep, itemsOf, stepsOf, type ChecklistItem, type SetupStep } from '../../domain/instance/first-run.ts';
import { missingOf } from '../../domain/instance/instance.ts';
import { backupMade } from '../../store/instance/copy.ts';
import type { FirstRun, Progress } from '../../store/instance/first-run.ts';
import type { Check } from '../../store/instance/settings.ts';
import type { WebContext } from '../context.ts';
import type { SignedIn } from '../policy.ts';

export interface StepState {
  id: SetupStep;
  state: 'done' | 'skipped' | 'open';
}

export interface Standing {
  steps: StepState[];
  /** Where this person left off; null while they are not setting up. */
  at: SetupStep | null;
  checks: ReadonlyMap<string, Check>;
  progress: Progress;
}

interface Truth {
  checks: ReadonlyMap<string, Check>;
  progress: Progress;
  run: FirstRun | undefined;
  /** A channel outside this instance is connected. */
  channel: boolean;
}

type Seen = Pick<WebContext, 'store' | 'settings' | 'config' | 'providers'>;

async function truthOf({ store, providers }: Seen, { workspaceId, userId }: SignedIn): Promise<Truth> {
  const channels = await store.channels.list(workspaceId);
  return {
    checks: await store.settings.checks(), progress: await store.firstRun.progress(workspaceId), run: await store.firstRun.of(workspaceId, userId),
    channel: channels.some(({ provider, connectionStatus }) => connectionStatus !== 'revoked' && !providers.get(provider)?.local),
  };
}

/** How far somebody is: what is done is seen in the data, what was left out and where they are is remembered. */
export async function standingOf(context: Seen, actor: SignedIn): Promise<Standing> {
  const truth = await truthOf(context, actor);
  const { run } = truth;
  const steps = stepsOf(actor).map((id): StepState => ({ id, state: isDone(context, truth, id) ? 'done' : run?.skipped.includes(id) ? 'skipped' : 'open' }));
  return { steps, at: isSetupStep(run?.step) ? run.step : null, checks: truth.checks, progress: truth.progress };
}

function isDone({ settings, config: { publicUrl } }: Seen, { checks, progress, run, channel }: Truth, step: SetupStep): boolean {
  const good = (name: string) => checks.get(name)?.good === true;
  switch (step) {
    // It has a name and a zone from the start: done once somebody has looked at them.
    case 'workspace': return run !== undefined && !run.skipped.includes(step) && run.step !== step;
    case 'address': return good(addressCheck(publicUrl));
    case 'operator': return missingOf(settings.get).length === 0;
    case 'mail': return settings.get('SMTP_URL') !== undefined && good(mailTest);
    case 'networks': return channel;
    case 'media': return good(mediaCheck(publicUrl));
    case 'backup': return good(backupMade);
    case 'post': return progress.scheduled;
  }
}

export interface ChecklistState {
  items: { id: ChecklistItem; done: boolean }[];
  /** They have not come to the end of setting up. */
  settingUp: boolean;
}

/** What the checklist shows to this person; null when they put it away, or nothing on it is theirs to do. */
export async function checklistOf(context: Seen, actor: SignedIn): Promise<ChecklistState | null> {
  const items = itemsOf(actor);
  if (items.length === 0) return null;
  const truth = await truthOf(context, actor);
  if (truth.run?.putAwayAt != null) return null;
  const list = items.map((id) => ({ id, done: itemDone(context, truth, id) }));
  return { items: list, settingUp: truth.run?.step != null || truth.run === undefined };
}

function itemDone(seen: Seen, truth: Truth, item: ChecklistItem): boolean {
  switch (item) {
    case 'channel': return truth.channel;
    case 'scheduled': return truth.progress.scheduled;
    case 'published': return truth.progress.published;
    case 'invited': return truth.progress.invited;
    case 'policy': return isDone(seen, truth, 'operator');
    case 'address':
    case 'mail':
    case 'backup': return isDone(seen, truth, item);
  }
}
