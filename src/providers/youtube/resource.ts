import { ProviderError, type Job } from '../contract.ts';
import { tagsOf, type Options } from './options.ts';
import type { Grant } from './session.ts';

/** The video as videos.insert wants it described. Everything is said, so that no default of YouTube's counts. */
export function resourceOf({ options, parts: [{ text }] }: Job<Grant, Options>) {
  const { title, category, privacy, publishAt, madeForKids, license, noEmbedding, synthetic } = options;
  if (title === '') throw new ProviderError(untitled);
  if (madeForKids === undefined) throw new ProviderError(unsaid);
  const tags = tagsOf(options);
  return {
    snippet: { title, description: text.trim(), categoryId: category, ...(tags.length > 0 && { tags }) },
    status: {
      privacyStatus: privacy, ...(privacy === 'private' && publishAt !== '' && { publishAt: new Date(publishAt).toISOString() }),
      selfDeclaredMadeForKids: madeForKids === 'yes', containsSyntheticMedia: synthetic, license, embeddable: !noEmbedding,
    },
  };
}

const untitled = { kind: 'rejected', code: 'invalidTitle', message: 'YouTube wants a title, and this post has none.', fix: 'Give it a title and schedule it again.' } as const;

const unsaid = {
  kind: 'rejected', code: 'made_for_kids', message: 'YouTube wants to know whether the video is made for kids, and this post does not say.',
  fix: 'Schedule it again and choose.',
} as const;
