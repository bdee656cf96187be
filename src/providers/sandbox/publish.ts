import type * as z from 'zod';
import type { Failure } from '../../domain/failure.ts';
import { ProviderError, type Found, type Io, type Job, type JobPart, type Published, type Steps } from '../contract.ts';
import { keyOf } from '../keys.ts';
import type { options } from './options.ts';

type Sent = { key: string };

/** What goes up together is one entry; a part that waits begins the next one. */
export async function publish(job: Job<{ page: string }, z.infer<typeof options>>, step: Steps, io: Io): Promise<Published> {
  const { ending } = job.options;
  const key = keyOf(job, 'post');
  if (ending === 'slow') {
    await step.until('ready', 5_000, async () => (io.now() - job.frozenAt >= 5_000 ? true : null));
  }
  const [first = [], ...later] = entriesOf(job.parts);
  const put = (name: string, parts: readonly JobPart[]) => io.local.put({
    key: keyOf(job, name), channelId: job.target.remoteId, at: io.now(),
    parts: parts.map(({ text, media }) => ({ text, media: media.map(({ mediaId, alt }) => ({ mediaId, alt })) })),
  });

  const send = async (): Promise<Sent> => {
    const before = failureBefore(ending, job.frozenAt, io.now());
    if (before) throw new ProviderError(before);
    const again = (await io.local.get(key)) !== undefined;
    await put('post', first);
    // Only the first answer is lost, so that every way out can be tried.
    if (again) return { key };
    if (ending === 'lost_answer' || ending === 'silence') throw new ProviderError(lost);
    return { key };
  };
  const look = async (under: string): Promise<Found<Sent>> => ((await io.local.get(under)) ? { found: { key: under } } : 'absent');

  const sent = ending === 'silence' ? await step.once('post', send) : await step.once('post', send, () => look(key));
  for (const [n, parts] of later.entries()) {
    const name = `post-${n + 2}`;
    await step.wait(`${name}-wait`, parts[0]?.waitMinutes);
    await step.once<Sent>(name, async () => {
      await put(name, parts);
      return { key: keyOf(job, name) };
    }, () => look(keyOf(job, name)));
  }
  return { remoteId: sent.key, url: `${job.target.url ?? ''}#${sent.key}` };
}

function entriesOf(parts: readonly JobPart[]): JobPart[][] {
  return parts.reduce<JobPart[][]>((entries, part) => {
    const last = entries.at(-1);
    return last && part.waitMinutes === undefined ? [...entries.slice(0, -1), [...last, part]] : [...entries, [part]];
  }, []);
}

const lost: Failure = { kind: 'transient', code: 'timeout', message: 'The sandbox did not answer in time.', reached: true };

/** What the network says instead of taking the post. */
function failureBefore(ending: Job<unknown, z.infer<typeof options>>['options']['ending'], frozenAt: number, now: number): Failure | null {
  switch (ending) {
    case 'hiccup':
      return now - frozenAt < 30_000
        ? { kind: 'transient', code: '503', message: 'The sandbox is down for a moment.', reached: false }
        : null;
    case 'rate_limited':
      return now - frozenAt < 60_000
        ? { kind: 'rate_limited', code: '429', message: 'The sandbox asks to wait a minute.', retryAt: frozenAt + 60_000, scope: 'channel' }
        : null;
    case 'rejected':
      return { kind: 'rejected', code: '422', message: 'The sandbox refuses this post, as you asked it to.', fix: 'Choose another ending and try again.' };
    case 'auth':
      return { kind: 'auth', code: '401', message: 'The sandbox no longer accepts this connection, as you asked it to.' };
    case 'publish':
    case 'slow':
    case 'lost_answer':
    case 'silence':
      return null;
  }
}
