import type { ImageRule } from '../../domain/capabilities.ts';
import { ProviderError, type Found, type Io, type Job, type JobPart, type Published, type Steps } from '../contract.ts';
import { embedAgain, prepareEmbed, type Embed } from './embeds.ts';
import { errors } from './errors.ts';
import { facetsOf, handlesIn } from './facets.ts';
import { images as imageRule } from './limits.ts';
import { langsOf, type Options } from './options.ts';
import type { Grant } from './session.ts';
import { tidOf } from './tid.ts';
import { resolved, storedPost, strongRef, type StrongRef } from './wire.ts';

const collection = 'app.bsky.feed.post';

/** A part with all that it needs, but for the posts that it answers. */
interface Prepared {
  name: string;
  rkey: string;
  part: JobPart;
  embed: Embed | null;
  record: { $type: typeof collection; text: string; createdAt: string; facets?: unknown; langs?: string[] };
}

/** Everything is fetched and uploaded before the first part can be seen, so that a refused picture leaves no half thread. */
export async function publish(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Published> {
  const parts: Prepared[] = [];
  for (const [index, part] of job.parts.entries()) parts.push(await prepare(job, part, index, step, io));

  const sent: StrongRef[] = [];
  for (const part of parts) {
    await step.wait(`${part.name}-wait`, part.part.waitMinutes);
    const [root, parent] = [sent[0], sent.at(-1)];
    sent.push(await send(job, part, root && parent ? { root, parent } : null, step, io));
  }
  return { remoteId: sent[0]?.uri ?? '', url: `https://bsky.app/profile/${job.grant.did}/post/${parts[0]?.rkey ?? ''}` };
}

async function prepare(job: Job<Grant, Options>, part: JobPart, index: number, step: Steps, io: Io): Promise<Prepared> {
  const name = index === 0 ? 'post' : `post-${index + 1}`;
  const dids = new Map<string, string | null>();
  for (const handle of handlesIn(part.text)) dids.set(handle, await step.run(`mention-${handle}`, () => resolve(handle, job.grant, io)));
  const embed = await prepareEmbed({ name, part, rule: ruleOf(job), grant: job.grant }, step, io);
  const facets = facetsOf(part.text, (handle) => dids.get(handle) ?? null);
  const langs = langsOf(job.options);
  return {
    name, part, embed,
    rkey: await step.run(`${name}-key`, async () => tidOf(job, name, index)),
    record: {
      $type: collection,
      text: part.text,
      // A millisecond between parts, as the official app does it: apps sort by this.
      createdAt: new Date(job.frozenAt + index + waitsUntil(job, index)).toISOString(),
      ...(facets.length > 0 && { facets }),
      ...(langs.length > 0 && { langs }),
    },
  };
}

async function send(
  job: Job<Grant, Options>, { name, rkey, part, embed, record }: Prepared, reply: { root: StrongRef; parent: StrongRef } | null, step: Steps, io: Io,
): Promise<StrongRef> {
  const { pds, did, accessJwt } = job.grant;

  const put = async (shown: Embed | null): Promise<StrongRef> => (await io.http({
    // putRecord and not createRecord: an identical repeat is answered with the record that is there, and changes nothing.
    method: 'POST', url: `${pds}/xrpc/com.atproto.repo.putRecord`, bearer: accessJwt, errors,
    // swapRecord null: nothing but that identical repeat may find something under the key, so nothing is ever overwritten.
    body: { json: { repo: did, collection, rkey, swapRecord: null, record: { ...record, ...(reply && { reply }), ...(shown && { embed: shown }) } } },
  })).read(strongRef);

  const find = async (): Promise<Found<StrongRef>> => {
    try {
      const { uri, cid, value } = (await io.http({
        method: 'GET', url: `${pds}/xrpc/com.atproto.repo.getRecord`, query: { repo: did, collection, rkey }, errors,
      })).read(storedPost);
      return value.text === part.text ? { found: { uri, cid } } : 'unknown';
    } catch (error) {
      if (error instanceof ProviderError && error.failure.code === 'RecordNotFound') return 'absent';
      throw error;
    }
  };

  try {
    return await step.once(name, () => put(embed), find);
  } catch (error) {
    if (!embed || !(error instanceof ProviderError) || error.failure.code !== 'BlobNotFound') throw error;
    // A clear no: the post waited so long that the server threw the uploads away. They are journaled as done, so they
    // are made anew here. The same bytes get the same address, so this is the same record.
    const again = await embedAgain(embed, part, { rule: ruleOf(job), grant: job.grant }, io);
    return step.once(name, () => put(again), find);
  }
}

/** How long the parts up to this one are meant to wait in all (ms): the same in every run, unlike the clock. */
function waitsUntil({ parts }: Job, index: number): number {
  return parts.slice(0, index + 1).reduce((sum, { waitMinutes = 0 }) => sum + waitMinutes * 60_000, 0);
}

function ruleOf({ target }: Job<Grant, Options>): ImageRule {
  return { ...imageRule, ...target.limits.images };
}

/** Null for a handle that nobody has: the text stays, and is no mention. */
async function resolve(handle: string, { pds }: Grant, io: Io): Promise<string | null> {
  try {
    const answer = await io.http({ method: 'GET', url: `${pds}/xrpc/com.atproto.identity.resolveHandle`, query: { handle }, errors });
    return answer.read(resolved).did;
  } catch (error) {
    if (error instanceof ProviderError && error.failure.kind === 'rejected') return null;
    throw error;
  }
}
