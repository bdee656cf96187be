import { ProviderError, type Found, type Io, type Job, type Steps } from '../contract.ts';
import { look } from './look.ts';
import type { Options } from './options.ts';
import { ask, open, send, type Session, type Standing } from './resumable.ts';
import type { Grant } from './session.ts';

type UploadJob = Job<Grant, Options>;

/** A video that is there, and when we knew (epoch ms). `privacy`: as the answer to the upload had it, if that came. */
export type Sent = { id: string; privacy: string | null; at: number };

/** How many bytes YouTube has; null when only YouTube can tell. */
interface Place { has: number | null }

/**
 * Brings the video up in one session, or in the next when YouTube has dropped it. The bytes before the last piece make
 * nothing visible and may be sent again and again; the last piece makes the video, so it goes out once.
 */
export async function upload(job: UploadJob, chunk: number, step: Steps, io: Io): Promise<Sent> {
  for (let n = 1; ; n += 1) {
    const name = (what: string) => (n === 1 ? what : `${what}-${n}`);
    const place: Place = { has: null };
    const session = await step.run(name('session'), async () => {
      const opened = await open(job, io);
      place.has = 0;
      return opened;
    });
    const openedNow = place.has !== null;
    const { gone } = await step.until(name('bytes'), 15_000, () => sendAllButTheLast(job, session, place, chunk, io));
    const sent = gone ? null : await step.once(name('video'), () => sendTheLast(job, session, place, io), () => find(job, session, place, io));
    if (sent) return sent;
    // One session a run: each costs one of the day's uploads.
    if (openedNow) throw new ProviderError(dropped);
  }
}

/** Null, to go on in a moment, when the line broke after some of it had arrived: that is no failure to count. */
async function sendAllButTheLast(job: UploadJob, session: Session, place: Place, chunk: number, io: Io): Promise<{ gone: boolean } | null> {
  if (session.size <= chunk) return { gone: false };
  let moved = false;
  try {
    let standing: Standing = place.has === null ? await ask(job, session, io) : { is: 'open', has: place.has };
    place.has = null;
    while (standing.is === 'open' && session.size - standing.has > chunk) {
      const from = standing.has;
      standing = await send(job, session, { from, to: from + chunk }, io);
      if (standing.is === 'open' && standing.has <= from) throw new ProviderError(stuck);
      moved = true;
    }
    if (standing.is === 'open') place.has = standing.has;
    return { gone: standing.is === 'gone' };
  } catch (error) {
    if (moved && error instanceof ProviderError && error.failure.kind === 'transient') return null;
    throw error;
  }
}

/** Null when the session is over and nothing came of it. Begun without doubt: after a lost answer it is `find` that asks. */
async function sendTheLast(job: UploadJob, session: Session, place: Place, io: Io): Promise<Sent | null> {
  const before: Standing = place.has === null ? await ask(job, session, io).catch(nothingSent) : { is: 'open', has: place.has };
  if (before.is === 'complete') return sentOf(before, io);
  if (before.is === 'gone') return cameOf(await look(job, session, io).catch(nothingSent), io);
  refuseUnfinished(before, session);
  const after = await send(job, session, { from: before.has, to: session.size }, io).catch((refusal: unknown) => afterRefusal(refusal, job, session, io));
  if (after.is === 'complete') return sentOf(after, io);
  throw new ProviderError(after.is === 'gone' ? goneMeanwhile : unfinished);
}

/** What goes wrong before the last piece leaves makes no doubt. */
function nothingSent(error: unknown): never {
  if (!(error instanceof ProviderError) || error.failure.kind !== 'transient') throw error;
  throw new ProviderError({ ...error.failure, reached: false });
}

/** A refusal of the piece that makes the video is believed when its session knows of no video either. */
async function afterRefusal(refusal: unknown, job: UploadJob, session: Session, io: Io): Promise<Standing> {
  if (!(refusal instanceof ProviderError) || refusal.failure.kind !== 'rejected') throw refusal;
  const { code, message, evidence } = refusal.failure;
  const standing = await ask(job, session, io).catch((failed: unknown) => {
    if (!(failed instanceof ProviderError)) throw failed;
    throw new ProviderError({ kind: 'transient', reached: true, code, message, ...(evidence && { evidence }) });
  });
  if (standing.is === 'complete') return standing;
  throw refusal;
}

/** What became of the last piece, after its answer was lost. */
async function find(job: UploadJob, session: Session, place: Place, io: Io): Promise<Found<Sent | null>> {
  const standing = await ask(job, session, io);
  switch (standing.is) {
    case 'complete':
      return { found: sentOf(standing, io) };
    case 'open':
      refuseUnfinished(standing, session);
      place.has = standing.has;
      return 'absent';
    case 'gone': {
      const seen = await look(job, session, io);
      return seen === 'unknown' ? seen : { found: cameOf(seen, io) };
    }
  }
}

/** What came of a session that is over. */
function cameOf(seen: Found<{ id: string }>, io: Io): Sent | null {
  if (seen === 'unknown') throw new ProviderError(untold);
  return seen === 'absent' ? null : sentOf({ ...seen.found, privacy: null }, io);
}

function sentOf({ id, privacy }: { id: string; privacy: string | null }, io: Io): Sent {
  return { id, privacy, at: io.now() };
}

/** All of it is there and yet no video: YouTube is still at it. */
function refuseUnfinished({ has }: { has: number }, { size }: Session) {
  if (has >= size) throw new ProviderError(unfinished);
}

const dropped = { kind: 'transient', code: 'session_dropped', reached: false, message: 'YouTube dropped the upload before it was done.' } as const;
const stuck = { kind: 'transient', code: 'stuck', reached: false, message: 'YouTube kept nothing of what was sent.' } as const;
const unfinished = { kind: 'transient', code: 'unfinished', reached: true, message: 'YouTube has not yet made a video of what was sent.' } as const;
const goneMeanwhile = { kind: 'transient', code: 'session_gone', reached: true, message: 'YouTube closed the upload while its end was being sent.' } as const;
const untold = { kind: 'unsettled', code: 'session_gone', message: 'YouTube no longer knows the upload, and from the channel\'s videos one cannot tell whether it is there.' } as const;
