import { imagesOf, ProviderError, type Io, type Job, type Published, type Steps } from '../contract.ts';
import type { Grant } from './connect.ts';
import { cover } from './limits.ts';
import { look, type Sent } from './look.ts';
import { tagsOf, type Options } from './options.ts';
import { article, call } from './wire.ts';

/** One call. The address of the cover holds for a day only, so it is made anew whenever the call is. */
export async function publish(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Published> {
  const { grant: { apiKey }, options: { title } } = job;
  const sent: Sent = await step.once('article', async () => {
    const body = { json: { article: await articleOf(job, io) } };
    try {
      return (await call(io, { method: 'POST', path: '/articles', apiKey, body })).read(article);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.failure.kind !== 'unsettled') throw error;
      // Dev.to takes the same words under the same title once: what stands in the way may be this very article.
      const found = await look(apiKey, title, { at: job.frozenAt }, io);
      if (typeof found === 'string') throw error;
      return found.found;
    }
  }, (intent) => look(apiKey, title, intent, io));
  return { remoteId: sent.id, url: sent.url };
}

async function articleOf({ options, parts: [part] }: Job<Grant, Options>, io: Io) {
  const [picture] = imagesOf(part);
  const tags = tagsOf(options);
  return {
    title: options.title,
    body_markdown: part.text,
    published: true,
    ...(tags.length > 0 && { tags }),
    ...(picture && { main_image: await io.mediaUrl(picture.mediaId, cover) }),
    ...(options.canonicalUrl !== '' && { canonical_url: options.canonicalUrl }),
  };
}
