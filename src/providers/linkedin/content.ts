import { linksIn } from '../../domain/text.ts';
import { imagesOf, ProviderError, type Io, type Job, type JobPart, type LinkCard, type PostImage, type Steps } from '../contract.ts';
import { card as cardLimits, images as imageRule, thumbnail as thumbnailRule } from './limits.ts';
import { pollChoices, reshared, type Options } from './options.ts';
import type { Grant } from './session.ts';
import { uploadDocument } from './uploads/document.ts';
import { uploadImage } from './uploads/image.ts';
import { untilProcessed, type Owner } from './uploads/upload.ts';
import { uploadVideo } from './uploads/video.ts';

type Media = { id: string; title?: string; altText?: string };

/** What a post shows beside its text (learn.microsoft.com, "Posts API", "MultiImage", "Poll"). */
export type Content =
  | { content: { media: Media } | { multiImage: { images: Media[] } } | { article: Article } | { poll: object } }
  | { reshareContext: { parent: string } }
  | null;

type Article = { source: string; title: string; description?: string; thumbnail?: string };

/** Uploads what the post needs. Nobody sees any of it until the post names it. */
export async function contentOf(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Content> {
  const { options, parts: [part], grant, target } = job;
  const owner: Owner = { author: target.remoteId, grant };
  switch (options.format) {
    case 'document': {
      const id = await step.run('document', () => uploadDocument(imagesOf(part), options.title, owner, io));
      await untilProcessed('document-ready', 'documents', id, owner, step, io);
      return { content: { media: { id, title: options.title } } };
    }
    case 'poll':
      return { content: { poll: {
        question: options.question, options: pollChoices(options).map((choice) => ({ text: choice })),
        // All that the API takes for both, though it wants them said.
        settings: { duration: options.duration, voteSelectionType: 'SINGLE_VOTE', isVoterVisibleToAuthor: true },
      } } };
    case 'reshare': {
      const parent = reshared(options.reshareOf);
      if (parent === null) throw noOriginal;
      return { reshareContext: { parent } };
    }
    case 'post':
      return mediaOf(part, options, owner, step, io);
  }
}

async function mediaOf(part: JobPart, { title, noCard }: Options, owner: Owner, step: Steps, io: Io): Promise<Content> {
  const video = part.media.find((one) => one.kind === 'video');
  if (video) return { content: { media: { id: await uploadVideo(video, owner, step, io), ...(title !== '' && { title }) } } };
  const pictures: Media[] = [];
  for (const [n, image] of imagesOf(part).entries()) pictures.push(await pictureOf(image, `image-${n + 1}`, owner, step, io));
  const [only, ...more] = pictures;
  if (only) return { content: more.length === 0 ? { media: only } : { multiImage: { images: pictures } } };
  const link = noCard ? undefined : linksIn(part.text)[0]?.url;
  return link === undefined ? null : cardOf(link, owner, step, io);
}

async function pictureOf({ mediaId, alt }: PostImage, name: string, owner: Owner, step: Steps, io: Io): Promise<Media> {
  const id = await step.run(name, async () => uploadImage(await io.image(mediaId, imageRule), owner, io));
  await untilProcessed(`${name}-ready`, 'images', id, owner, step, io);
  return { id, ...(alt.trim() !== '' && { altText: alt.trim() }) };
}

/** LinkedIn looks at no page by itself: what a card says is what we bring. A page that cannot be had gets none. */
async function cardOf(link: string, owner: Owner, step: Steps, io: Io): Promise<Content> {
  const article = await step.run('card', async (): Promise<Article | null> => {
    const card = await io.linkCard(link, thumbnailRule);
    if (!card) return null;
    const thumbnail = await thumbnailOf(card, owner, io);
    const description = cut(card.description, cardLimits.description);
    return { source: link, title: cut(card.title, cardLimits.title), ...(description !== '' && { description }), ...(thumbnail !== null && { thumbnail }) };
  });
  if (article?.thumbnail !== undefined) await untilProcessed('card-ready', 'images', article.thumbnail, owner, step, io);
  return article && { content: { article } };
}

/** A picture that LinkedIn refuses costs the card its picture, not the post. */
async function thumbnailOf({ image }: LinkCard, owner: Owner, io: Io): Promise<string | null> {
  try {
    return image && (await uploadImage(image, owner, io));
  } catch (error) {
    if (error instanceof ProviderError && error.failure.kind === 'rejected') return null;
    throw error;
  }
}

function cut(text: string, max: number): string {
  const words = text.replaceAll(/\s+/gu, ' ').trim();
  return words.length > max ? `${words.slice(0, max - 1).trimEnd().toWellFormed()}…` : words;
}

const noOriginal = new ProviderError({
  kind: 'rejected', code: 'no_original', message: 'The post to reshare is not named as LinkedIn names posts.', fix: 'Enter its urn:li:share or urn:li:ugcPost and schedule it again.',
});
