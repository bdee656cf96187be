import type { ImageRule } from '../../domain/capabilities.ts';
import { ProviderError, type ImageFile, type Io, type Job, type PostImage } from '../contract.ts';
import { images as rule, inlineBytes } from './limits.ts';
import type { Options } from './options.ts';
import type { Grant } from './session.ts';

/** `PinMediaSource` of OpenAPI 5.23.0; `data` stands for a file that goes within the call. */
export type MediaSource = (data: (file: ImageFile) => string) => { source_type: string; [name: string]: unknown };

/** One picture, or a carousel. */
export async function pictureSource({ options }: Job<Grant, Options>, images: readonly PostImage[], io: Io): Promise<MediaSource> {
  const pictures = await picturesOf(images, io);
  const [only, ...more] = pictures;
  if (only && more.length === 0) {
    return (data) => ('url' in only ? { source_type: 'image_url', url: only.url } : { source_type: 'image_base64', content_type: only.file.type, data: data(only.file) });
  }
  // Each picture has a link of its own; all lead where the Pin does.
  const link = options.link === '' ? {} : { link: options.link };
  const inline = pictures.every((picture) => 'file' in picture);
  return (data) => ({
    source_type: inline ? 'multiple_image_base64' : 'multiple_image_urls', index: 0,
    items: pictures.map((picture) => ('url' in picture ? { url: picture.url, ...link } : { content_type: picture.file.type, data: data(picture.file), ...link })),
  });
}

/**
 * Within the call while they are small enough for it: then this instance need not be reachable. Larger ones Pinterest
 * fetches; where it cannot, they are made smaller.
 */
async function picturesOf(images: readonly PostImage[], io: Io): Promise<({ file: ImageFile } | { url: string })[]> {
  const alike = sameSize(images);
  const files = await filesOf(images, alike, io);
  if (files.reduce((sum, { size }) => sum + size, 0) <= inlineBytes) return files.map((file) => ({ file }));
  try {
    const urls: string[] = [];
    for (const { mediaId } of images) urls.push(await io.mediaUrl(mediaId, alike));
    return urls.map((url) => ({ url }));
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure.kind !== 'rejected') throw error;
    const smaller = await filesOf(images, { ...alike, maxBytes: Math.floor(inlineBytes / images.length) }, io);
    return smaller.map((file) => ({ file }));
  }
}

async function filesOf(images: readonly PostImage[], made: ImageRule, io: Io): Promise<ImageFile[]> {
  const files: ImageFile[] = [];
  for (const { mediaId } of images) files.push(await io.image(mediaId, made));
  return files;
}

/** The pictures of a carousel have one size: those of one shape become so when none is larger than the smallest. */
function sameSize(images: readonly PostImage[]): ImageRule {
  if (images.length < 2) return rule;
  return { ...rule, maxSide: Math.min(...images.map(({ width, height }) => Math.max(width, height))) };
}
