import type { PostImage, PostVideo } from '../../contract.ts';
import type { ImageRule } from '../../../domain/capabilities.ts';
import type { Json } from '../../../domain/json.ts';
import type { HttpAnswer } from '../../http.ts';
import { graph } from '../graph.ts';
import { errors } from './errors.ts';
import type { Doing } from './session.ts';
import { containerAt, lossOf, refuseIfJustLost, type Container, type Lost } from './status.ts';
import { sendVideo } from './upload.ts';
import { made, uploadSession } from './wire.ts';

export type Parameters = Readonly<Record<string, Json>>;

/** A picture, which Instagram fetches. It is made right beforehand, so that fetching takes no time. */
export async function createForPicture(doing: Doing, { mediaId }: PostImage, rule: ImageRule, parameters: Parameters): Promise<Container> {
  await doing.io.image(mediaId, rule);
  return create(doing, { image_url: await doing.io.mediaUrl(mediaId, rule), ...parameters });
}

/** A video, which is sent to the upload host ("Resumable upload session", content-publishing, 2026-09-11). */
export async function createForVideo({ account, io }: Doing, parameters: Parameters): Promise<Container> {
  return { ...(await post({ account, io }, { upload_type: 'resumable', ...parameters })).read(uploadSession), at: io.now() };
}

export async function create({ account, io }: Doing, parameters: Parameters): Promise<Container> {
  return { ...(await post({ account, io }, parameters)).read(made), uri: null, at: io.now() };
}

/** Instagram answers when it has fetched the picture or the cover. */
function post({ account, io }: Pick<Doing, 'account' | 'io'>, parameters: Parameters): Promise<HttpAnswer> {
  return graph(io, { method: 'POST', path: `${account.id}/media`, ...account, errors, body: { json: parameters }, timeoutMs: 60_000 });
}

/** How long after the last byte a container that is not shown is taken for ready; media_publish says if it is not (ms). */
const blindAfter = 2 * 60_000;
/** What is not prepared by then is made anew (ms). */
const longest = 30 * 60_000;

type Ready = { at: number; lost: Lost | null };

/**
 * The container of a file (or of a whole carousel) when it can be published, with the time at which that was seen. What is
 * lost before that is made anew under another name, which `make` gets; containers are invisible, so that is safe.
 */
export async function ready(doing: Doing, name: string, make: (tag: string) => Promise<Container>, video?: PostVideo): Promise<{ id: string; at: number }> {
  const { step, io } = doing;
  for (let n = 1; ; n += 1) {
    const tag = n === 1 ? name : `${name}-${n}`;
    const container = await step.run(tag, () => make(tag));
    const sent = video === undefined ? { at: container.at, lost: null } : await step.run(`${tag}-sent`, () => sendVideo(doing, container, video));
    const state = sent.lost !== null ? sent : await step.until(`${tag}-ready`, pauseAfter(io.now() - sent.at), () => readyNow(doing, container.id, sent.at));
    if (state.lost === null) return { id: container.id, at: state.at };
    refuseIfJustLost(doing, state.lost, container.at);
  }
}

/** Null while it is being prepared. `since`: the last byte was there. */
async function readyNow(doing: Doing, id: string, since: number): Promise<Ready | null> {
  const status = await containerAt(doing, id);
  const at = doing.io.now();
  if (!status) return at - since < blindAfter ? null : { at, lost: null };
  const lost = lossOf(status, at);
  if (lost || status.status_code === 'FINISHED') return { at, lost };
  // Whoever did that: as if seen ready long ago, so that it is asked again before it is published.
  if (status.status_code === 'PUBLISHED') return { at: 0, lost: null };
  return at - since < longest ? null : { at, lost: { at, why: tooSlow } };
}

const tooSlow = { kind: 'transient', code: 'too_slow', message: 'Instagram has been preparing this for half an hour and is still not ready.' } as const;

/** Once a minute is what the guide asks for; sooner at first, when most are ready. */
function pauseAfter(elapsed: number): number {
  if (elapsed < 15_000) return 5_000;
  return elapsed < 60_000 ? 20_000 : 60_000;
}
