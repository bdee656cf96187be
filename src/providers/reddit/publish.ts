import { imagesOf, ProviderError, type Found, type Io, type Job, type PostImage, type Published, type Steps } from '../contract.ts';
import { call, site } from './api.ts';
import { images, poster } from './limits.ts';
import { alikeBefore, look } from './look.ts';
import type { Options } from './options.ts';
import type { Grant } from './session.ts';
import { upload, type Uploaded } from './upload.ts';
import { made } from './wire.ts';

/** What a submit told: with a picture or a video nothing but that it was taken, at `at` (epoch ms). */
type Sent = { name: string | null; url: string | null; at: number };

type Submission = { path: '/api/submit'; form: Record<string, string> } | { path: '/api/submit_gallery_post.json'; json: object };

/** www.reddit.com/dev/api: the files first, then the post; where Reddit does not say which post it made, its list does. */
export async function publish(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Published> {
  const before = await step.run('before', () => alikeBefore(job, io));
  const submission = await submissionOf(job, step, io);
  // Files are listed when they are processed, however long that takes: that they are not to be seen yet proves nothing.
  const find = async (since: number): Promise<Found<Sent>> => {
    const seen = await look(job, before, since, io);
    if (seen === 'absent' && job.parts[0].media.length > 0) return 'unknown';
    return typeof seen === 'string' ? seen : { found: { ...seen.found, at: io.now() } };
  };
  // Whether an earlier run came as far as this: then that one may have made what Reddit calls a repeat.
  let doubted = true;
  const since = await step.run('sending', async () => {
    doubted = false;
    return io.now();
  });
  const create = () => submit(job, submission, io).catch((error: unknown) => settleRepeat(error, () => find(since), doubted));
  const sent = await step.once('post', create, ({ at }) => find(at));
  if (sent.name !== null) return { remoteId: sent.name, url: sent.url };

  const seen = await step.until('listed', 15_000, async () => {
    const found = await look(job, before, sent.at, io);
    if (typeof found !== 'string') return { ...found.found };
    if (io.now() < sent.at + longestMs) return null;
    throw new ProviderError({
      kind: 'unsettled', code: 'not_listed',
      message: 'Reddit took the files, but half an hour later the post was not in the list of the account. It may have been unable to process them.',
    });
  });
  return { remoteId: seen.name, url: seen.url };
}

/** After this a post with files that is not to be seen needs a person (ms). */
const longestMs = 30 * 60_000;

async function submit({ grant }: Job<Grant, Options>, { path, ...what }: Submission, io: Io): Promise<Sent> {
  const answer = await call(io, grant, { method: 'POST', path, body: 'form' in what ? { form: what.form } : { json: what.json } });
  const { url, id, name, websocket_url: socket } = answer.read(made).json.data;
  const full = name ?? id ?? /\/comments\/(\w+)/u.exec(url ?? '')?.[1];
  if (full) {
    const bare = full.replace(/^t3_/u, '');
    return { name: `t3_${bare}`, url: url ?? `${site}/comments/${bare}/`, at: io.now() };
  }
  if (socket) return { name: null, url: null, at: io.now() };
  throw new ProviderError({ kind: 'transient', reached: true, code: 'unreadable_answer', message: 'Reddit did not say what it made of the post.' });
}

/** The link that the subreddit has already may be ours, from a try whose answer was lost. */
async function settleRepeat(error: unknown, find: () => Promise<Found<Sent>>, doubted: boolean): Promise<Sent> {
  if (!(error instanceof ProviderError) || error.failure.code !== 'ALREADY_SUB' || !doubted) throw error;
  const found = await find();
  if (typeof found !== 'string') return found.found;
  const { code, evidence } = error.failure;
  throw new ProviderError({
    kind: 'unsettled', code, message: 'Reddit says that the subreddit has this link already. It may be this very post.', ...(evidence && { evidence }),
  });
}

/** Uploads what the post needs and puts together what is sent. */
async function submissionOf({ options, target, parts: [part], grant }: Job<Grant, Options>, step: Steps, io: Io): Promise<Submission> {
  const { format, title, nsfw, spoiler, noReplies, flair, flairText } = options;
  const picture = (name: string, mediaId: string, rule = images): Promise<Uploaded> => step.run(name, async () => {
    const made = await io.image(mediaId, rule);
    return { ...(await upload(made, grant, io)) };
  });
  const common = {
    sr: target.remoteId, title, api_type: 'json', resubmit: format !== 'link' || options.resubmit, sendreplies: !noReplies, nsfw, spoiler, validate_on_submit: true,
    ...(flair !== '' && { flair_id: flair, ...(flairText !== '' && { flair_text: flairText }) }),
  };
  const text = part.text.trim() === '' ? {} : { text: part.text };
  const form = (more: Record<string, string>): Submission => ({ path: '/api/submit', form: { ...asText(common), ...more } });

  switch (format) {
    case 'text':
      return form({ kind: 'self', text: part.text });
    case 'link':
      return form({ kind: 'link', url: options.url });
    case 'image': {
      const { url } = await picture('picture', firstOf(imagesOf(part)).mediaId);
      return form({ kind: 'image', url, ...text });
    }
    case 'gallery': {
      const items: object[] = [];
      for (const [n, { mediaId, alt }] of imagesOf(part).entries()) {
        items.push({ caption: alt.trim(), outbound_url: '', media_id: (await picture(`picture-${n + 1}`, mediaId)).assetId });
      }
      return { path: '/api/submit_gallery_post.json', json: { ...common, show_error_list: true, items, ...text } };
    }
    case 'video': {
      const film = part.media.find(({ kind }) => kind === 'video');
      if (!film) throw missing('the video');
      if (options.poster === '') throw missing('the picture of the video');
      const still = await picture('poster', options.poster, poster);
      const { url } = await step.run('video', async () => {
        const { name, type, size, read } = await io.video(film.mediaId);
        return { ...(await upload({ name, type, size, open: () => read() }, grant, io)) };
      });
      return form({ kind: 'video', url, video_poster_url: still.url });
    }
  }
}

function firstOf(pictures: readonly PostImage[]): PostImage {
  const [first] = pictures;
  if (!first) throw missing('the picture');
  return first;
}

function missing(what: string): ProviderError {
  return new ProviderError({ kind: 'rejected', code: 'missing', message: `This post lacks ${what}.`, fix: 'Add it and schedule the post again.' });
}

function asText(values: Record<string, string | boolean>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
