import { ProviderError, type Published } from '../../contract.ts';
import { showOnce } from '../doubt.ts';
import { graph } from '../graph.ts';
import { errors, mayBeOut } from './errors.ts';
import { lookFor, mediumSince, unlessRefused, type Shown } from './look.ts';
import { withReset } from './quota.ts';
import { profileOf, type Doing } from './session.ts';
import { refuseIfJustLost } from './status.ts';
import { made, mediaLink } from './wire.ts';

/** Longer ago than this, a container may have been published or have run out since it was seen ready (ms). */
const justNow = 10_000;
/** A block for spam holds back for a day, and may be said of a post that comes out in the end (ms). */
const halfADay = 12 * 60 * 60 * 1000;

/** The list of media is given this long to show what is out (ms). */
const patience = 10 * 60_000;

const notShownYet = { kind: 'transient', reached: false, code: 'not_shown_yet', message: 'The post was being sent when the answer was lost, and Instagram does not show yet whether it is out.' } as const;

/**
 * The one call that people see. Instagram takes a second one for a second post, so a container that may have been tried
 * before is asked first. Null when the container is lost and another one must be made.
 */
export async function show(doing: Doing, name: string, container: { id: string; at: number }): Promise<Shown | null> {
  const { job, account, step, io } = doing;
  const create = async (): Promise<Shown> => {
    if (io.now() - container.at > justNow) {
      const seen = await unsent(() => lookFor(doing, container.id, job.frozenAt, io.now() - job.frozenAt > halfADay));
      if (typeof seen === 'object') return seen.found;
    }
    const since = io.now();
    try {
      const answer = await graph(io, { method: 'POST', path: `${account.id}/media_publish`, ...account, errors, body: { json: { creation_id: container.id } }, timeoutMs: 60_000 });
      return { mediaId: answer.read(made).id, since, at: io.now(), lost: null };
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (isUsedUp(error)) throw await withReset(doing, error);
      // A clear no was said of posts that were out before. It stands unless the container itself says otherwise.
      const seen = error.failure.kind === 'rejected' && !mayBeOut(error) ? await unlessRefused(() => lookFor(doing, container.id, since)) : null;
      if (seen !== null && typeof seen === 'object' && seen.found.lost === null) return seen.found;
      throw error;
    }
  };
  const look = async (since: number, refused: boolean) => {
    const seen = await lookFor(doing, container.id, since);
    if (seen === 'unknown' && !refused && io.now() - since < patience) throw new ProviderError(notShownYet);
    return seen;
  };
  const shown = await showOnce(step, io, { name, create, mayBeOut, look });
  if (shown.lost === null) return shown;
  refuseIfJustLost(doing, shown.lost, container.at);
  return null;
}

/** A look that failed before anything was sent. */
async function unsent<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof ProviderError && error.failure.kind === 'transient') throw new ProviderError({ ...error.failure, reached: false });
    throw error;
  }
}

function isUsedUp({ failure }: ProviderError): boolean {
  return failure.code === '/2207042' || failure.code === '9';
}

/** Where it can be seen. Where the id cannot be told, the container's stands for it, and the profile for the address. */
export async function addressOf(doing: Doing, containerId: string, { mediaId, since, at }: Shown): Promise<Published> {
  const { job: { grant, target }, account, step, io } = doing;
  const found = mediaId !== null ? { id: mediaId } : await step.until('found', 30_000, async () => {
    const id = await unlessRefused(() => mediumSince(doing, since));
    return id === null && io.now() - at < patience ? null : { id };
  });
  const username = grant.accounts[target.remoteId]?.username;
  const profile = username ? profileOf(username) : null;
  if (found.id === null) return { remoteId: containerId, url: profile };
  const { id } = found;
  const link = await unlessRefused(async () =>
    (await graph(io, { method: 'GET', path: id, ...account, errors: errors.reading, query: { fields: 'permalink' } })).read(mediaLink).permalink ?? null);
  return { remoteId: id, url: link ?? profile };
}
