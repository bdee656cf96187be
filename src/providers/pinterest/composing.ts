import { ProviderError, type Composing, type Io } from '../contract.ts';
import { call } from './api.ts';
import { sandboxLimits } from './limits.ts';
import { accountAt, type Grant } from './session.ts';
import { boards, sections, type Board } from './wire.ts';

/** The account's boards with their sections, as they are now. */
export async function composing(grant: Grant, _target: { remoteId: string }, io: Io): Promise<Composing> {
  const { username, business_name: business, profile_image: picture } = await accountAt(grant, io);
  const trial = grant.place === 'sandbox';
  const all = (await boardsOf(grant, io)).filter((board) => board.is_ads_only !== true);
  // A Pin of the sandbox on a group board would have its owner told of what they cannot see.
  const usable = trial ? all.filter(({ owner }) => (owner?.username ?? username) === username) : all;
  const asked = usable.slice(0, trial ? 10 : 40);
  const choices = [...(await withSections(asked, grant, io)), ...usable.slice(asked.length).map(choiceOf)];
  return {
    account: { name: business?.trim() || username, avatarUrl: picture ?? null },
    choices: { board: choices.toSorted((a, b) => a.label.localeCompare(b.label, 'en')) },
    ...(trial && { limits: sandboxLimits }),
    ...(usable.length === 0 && { blocked: trial ? 'There is no board in Pinterest\'s sandbox yet, which is where an app with Trial access publishes. Whoever runs this instance makes one.' : 'This account has no board yet. Make one on Pinterest first.' }),
    notices: [...(trial ? [trialNotice] : []), ...(asked.length < usable.length ? [`Sections are offered for ${asked.length} of ${usable.length} boards.`] : [])],
  };
}

const trialNotice = 'Pinterest has given the app of this instance Trial access only. Pins go to its sandbox: nobody but this account sees them, and videos are not taken.';

type Choice = { value: string; label: string };
const choiceOf = ({ id, name }: Pick<Board, 'id' | 'name'>): Choice => ({ value: id, label: name });

const mostPages = 4;

async function boardsOf(grant: Grant, io: Io): Promise<Board[]> {
  const found: Board[] = [];
  let bookmark: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = (await call(grant, { method: 'GET', path: '/boards', query: { page_size: 250, bookmark } }, io)).read(boards);
    found.push(...answer.items);
    bookmark = answer.bookmark ?? undefined;
    if (bookmark === undefined) break;
  }
  return found;
}

/** Boards asked at once. */
const atOnce = 8;

async function withSections(of: readonly Board[], grant: Grant, io: Io): Promise<Choice[]> {
  const found: Choice[] = [];
  for (let from = 0; from < of.length; from += atOnce) {
    const some = await Promise.all(of.slice(from, from + atOnce).map(async (board) => [choiceOf(board), ...(await sectionsOf(board, grant, io))]));
    found.push(...some.flat());
  }
  return found;
}

/** A board whose sections cannot be had is offered without. */
async function sectionsOf({ id: boardId, name: board }: Board, grant: Grant, io: Io): Promise<Choice[]> {
  try {
    const { items } = (await call(grant, { method: 'GET', path: `/boards/${boardId}/sections`, query: { page_size: 250 } }, io)).read(sections);
    return items.map(({ id, name }) => ({ value: `${boardId}/${id}`, label: `${board} / ${name}` }));
  } catch (error) {
    if (error instanceof ProviderError && error.failure.kind !== 'auth') return [];
    throw error;
  }
}
