import type { ImageRule } from '../../domain/capabilities.ts';
import { imagesOf, ProviderError, type ImageFile, type Io, type JobPart, type PostImage, type PostVideo, type Steps } from '../contract.ts';
import { errors } from './errors.ts';
import { firstLinkIn } from './facets.ts';
import { thumb as thumbRule } from './limits.ts';
import type { Grant } from './session.ts';
import { uploaded, type Blob } from './wire.ts';

type ImagesEmbed = {
  $type: 'app.bsky.embed.images';
  images: { image: Blob; alt: string; aspectRatio: { width: number; height: number } }[];
};
type CardEmbed = {
  $type: 'app.bsky.embed.external';
  external: { uri: string; title: string; description: string; thumb?: Blob };
};
type VideoEmbed = {
  $type: 'app.bsky.embed.video';
  video: Blob;
  alt: string;
  aspectRatio: { width: number; height: number };
};
/** A post shows one of these (lexicons app.bsky.embed.images, .video and .external). */
export type Embed = ImagesEmbed | VideoEmbed | CardEmbed;

interface Place {
  rule: ImageRule;
  grant: Grant;
}

/** Pictures or a video when the part has some, else a card for its first link, else nothing. */
export async function prepareEmbed({ name, part, ...place }: Place & { name: string; part: JobPart }, step: Steps, io: Io): Promise<Embed | null> {
  const video = part.media.find((one) => one.kind === 'video');
  if (video) return step.run(`${name}-video`, () => uploadVideo(video, place, io));
  const pictures = imagesOf(part);
  if (pictures.length > 0) {
    const images: ImagesEmbed['images'] = [];
    for (const [index, image] of pictures.entries()) {
      images.push(await step.run(`${name}-image-${index + 1}`, () => uploadImage(image, place, io)));
    }
    return { $type: 'app.bsky.embed.images', images };
  }
  const link = firstLinkIn(part.text);
  return link === undefined ? null : step.run(`${name}-card`, () => makeCard(link, place, io));
}

/**
 * The same embed with its pictures uploaded anew. A card goes without its picture: fetched again it may be another one,
 * and then the record would be another one in every run.
 */
export async function embedAgain(embed: Embed, part: JobPart, place: Place, io: Io): Promise<Embed> {
  if (embed.$type === 'app.bsky.embed.external') {
    const { uri, title, description } = embed.external;
    return { ...embed, external: { uri, title, description } };
  }
  const video = part.media.find((one) => one.kind === 'video');
  if (embed.$type === 'app.bsky.embed.video') return video ? uploadVideo(video, place, io) : embed;
  const images: ImagesEmbed['images'] = [];
  for (const image of imagesOf(part)) images.push(await uploadImage(image, place, io));
  return { ...embed, images };
}

async function uploadImage({ mediaId, alt }: PostImage, { rule, grant }: Place, io: Io): Promise<ImagesEmbed['images'][number]> {
  const file = await io.image(mediaId, rule);
  return { image: await upload(file, grant, io), alt, aspectRatio: { width: file.width, height: file.height } };
}

/** Straight to the server that keeps the account; the network makes its streams of it later. */
async function uploadVideo({ mediaId, alt, width, height }: PostVideo, { grant: { pds, accessJwt } }: Place, io: Io): Promise<VideoEmbed> {
  const file = await io.video(mediaId);
  const answer = await io.http({
    method: 'POST', url: `${pds}/xrpc/com.atproto.repo.uploadBlob`, bearer: accessJwt, errors,
    body: { stream: () => file.read(), type: file.type, size: file.size }, timeoutMs: 60_000 + file.size / 50,
  });
  return { $type: 'app.bsky.embed.video', video: answer.read(uploaded).blob, alt, aspectRatio: { width, height } };
}

/** The network fetches nothing by itself: title, description and picture of a card are ours to bring. */
async function makeCard(link: string, { rule, grant }: Place, io: Io): Promise<CardEmbed | null> {
  const maxBytes = Math.min(thumbRule.maxBytes, rule.maxBytes);
  const card = await io.linkCard(link, { ...thumbRule, maxBytes });
  if (!card) return null;
  const thumb = card.image && (await uploadIfTaken(card.image, grant, io));
  return { $type: 'app.bsky.embed.external', external: { uri: link, title: card.title, description: card.description, ...(thumb && { thumb }) } };
}

/** A picture that the server refuses costs the card its picture, not the post. */
async function uploadIfTaken(file: ImageFile, grant: Grant, io: Io): Promise<Blob | null> {
  try {
    return await upload(file, grant, io);
  } catch (error) {
    if (error instanceof ProviderError && error.failure.kind === 'rejected') return null;
    throw error;
  }
}

async function upload(file: ImageFile, { pds, accessJwt }: Grant, io: Io): Promise<Blob> {
  const answer = await io.http({
    method: 'POST', url: `${pds}/xrpc/com.atproto.repo.uploadBlob`, bearer: accessJwt, errors,
    body: { stream: () => file.open(), type: file.type, size: file.size },
  });
  return answer.read(uploaded).blob;
}
