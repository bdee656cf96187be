import { ProviderError, imagesOf, type Io, type Job, type JobPart, type Published, type Steps } from '../contract.ts';
import { call } from './api.ts';
import { jsonWithFiles } from './inline.ts';
import { lengths } from './limits.ts';
import { look, type Sought } from './look.ts';
import { boardIn, type Options } from './options.ts';
import type { Grant } from './session.ts';
import { pictureSource, type MediaSource } from './source.ts';
import { videoSource } from './video.ts';
import { pin } from './wire.ts';

/** Pinterest has no key against repeats: what was not answered is looked for on the board. */
export async function publish(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Published> {
  const sought = soughtIn(job);
  const source = await sourceOf(job, step, io);
  let since: number | null = null;

  const create = async (): Promise<string> => {
    try {
      const body = jsonWithFiles((data) => ({ ...wordsOf(sought), ...colorOf(job), media_source: source(data) }));
      return (await call(job.grant, { method: 'POST', path: '/pins', body, timeoutMs: 120_000 }, io)).read(pin).id;
    } catch (error) {
      // Once a send was never answered, no refusal of the next one is clear.
      if (since === null || !(error instanceof ProviderError) || error.failure.kind !== 'rejected') throw error;
      return outAllTheSame(error, job.grant, sought, since, io);
    }
  };
  const id = await step.once('pin', create, (intent) => {
    since = intent.at;
    return look(job.grant, sought, since, io);
  });
  return { remoteId: id, url: `https://www.pinterest.com/pin/${id}/` };
}

function sourceOf(job: Job<Grant, Options>, step: Steps, io: Io): Promise<MediaSource> {
  const [part] = job.parts;
  const video = part.media.find((one) => one.kind === 'video');
  return video ? videoSource(job, video, step, io) : pictureSource(job, imagesOf(part), io);
}

/** What is asked for, which is also how the Pin is known again. */
function soughtIn({ options, parts: [part] }: Job<Grant, Options>): Sought {
  const board = boardIn(options);
  if (!board) throw new ProviderError({ kind: 'rejected', code: 'no_board', message: 'No board was chosen for this Pin.', fix: 'Choose a board and schedule it again.' });
  if (part.media.length === 0) throw new ProviderError({ kind: 'rejected', code: 'no_media', message: 'A Pin needs a picture or a video.', fix: 'Add one and schedule it again.' });
  const kind = part.media.some(({ kind: one }) => one === 'video') ? 'video' : part.media.length > 1 ? 'multiple_images' : 'image';
  return { ...board, title: options.title, description: part.text.trim(), link: options.link, alt: altOf(part), kind };
}

/** What is empty is left out. */
function wordsOf({ boardId, sectionId, title, description, link, alt }: Sought): Record<string, string> {
  const all = { board_id: boardId, board_section_id: sectionId ?? '', title, description, link, alt_text: alt };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

function colorOf({ options: { color } }: Job<Grant, Options>): { dominant_color?: string } {
  return color === '' ? {} : { dominant_color: color };
}

/** A carousel has one description for all of its pictures. */
export function altOf({ media }: Pick<JobPart, 'media'>): string {
  const all = media.map(({ alt }) => alt.trim()).filter((alt) => alt !== '').join('\n');
  return Array.from(all).slice(0, lengths.alt).join('');
}

/** The Pin if it is there, the refusal if it is not. */
async function outAllTheSame(refusal: ProviderError, grant: Grant, sought: Sought, since: number, io: Io): Promise<string> {
  const seen = await look(grant, sought, since, io).catch((error: unknown) => {
    if (error instanceof ProviderError) return 'unknown' as const;
    throw error;
  });
  if (seen === 'absent') throw refusal;
  if (seen !== 'unknown') return seen.found;
  // Not to be taken for a clear no: the engine looks again later.
  const { code, message, evidence } = refusal.failure;
  throw new ProviderError({ kind: 'transient', reached: true, code, message, ...(evidence && { evidence }) });
}
