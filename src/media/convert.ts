import { createHash } from 'node:crypto';
import type { Sharp as Picture } from 'sharp';
import type { ImageRule } from '../domain/capabilities.ts';
import type { ImageFile, ImageType } from '../domain/media.ts';
import { sizeText } from '../domain/units.ts';
import { mediaRefusals as t } from '../domain/texts/refusals/media.ts';
import { fits, ratioProblem, scaled, scaleFor, type Size } from './pictures/fit.ts';
import { openPicture, readingProblem, type PictureFacts } from './probe.ts';
import { isProblem, problem, type MediaProblem } from './problem.ts';
import { endingOf, type MediaStorage, type StoredFile } from './storage.ts';

export interface StoredImage extends PictureFacts {
  id: string;
}

type Source = PictureFacts & { path: string };

interface Made extends Size {
  path: string;
  type: ImageType;
  bytes: number;
}

/** Grows when conversion changes, so that old derivatives are made anew. */
const version = 1;

/**
 * The picture made right for a rule: itself when it fits, else a derivative that is made once and kept beside it.
 * Animations that do not fit become their first frame. Never cropped, never enlarged.
 */
export async function imageFor(storage: MediaStorage, media: StoredImage, rule: ImageRule): Promise<ImageFile | MediaProblem> {
  const original: StoredFile = { id: media.id, type: media.type };
  const bytes = await storage.size(original);
  if (bytes === null) return problem('missing', t.pictureFileGone);
  const refused = ratioProblem(media, rule);
  if (refused) return refused;
  if (fits({ ...media, bytes }, rule)) return fileOf(storage, original, { ...media, bytes });
  return storage.inTurn(async () => {
    const derivative = ruleHash(rule);
    const cached = await find(storage, media.id, derivative, rule);
    if (cached) return cached;
    const made = await makeFit(storage, { ...media, bytes, path: storage.path(original) }, rule);
    if (isProblem(made)) return made;
    const file: StoredFile = { id: media.id, type: made.type, derivative };
    await storage.keep(made.path, file);
    return fileOf(storage, file, made);
  });
}

/** A temporary file that fits the rule, which the source does not. To be called in turn. */
export async function makeFit(storage: MediaStorage, source: Source, rule: ImageRule): Promise<Made | MediaProblem> {
  const refused = ratioProblem(source, rule);
  if (refused) return refused;
  const out = await storage.temp();
  try {
    const made = await searched(source, rule, out);
    if (made) return made;
  } catch (error) {
    await storage.discard(out);
    return readingProblem(error);
  }
  await storage.discard(out);
  return problem('does_not_fit', t.cannotShrink(sizeText(rule.maxBytes)));
}

/** Type by type and quality by quality, then smaller, until the bytes fit. Null when they never do. */
async function searched(source: Source, rule: ImageRule, out: string): Promise<Made | null> {
  const { transparent, types } = await targetsOf(source, rule);
  let scale = scaleFor(source, rule);
  for (let round = 0; round < 12; round += 1) {
    const size = scaled(source, scale, rule);
    let smallest = Number.POSITIVE_INFINITY;
    for (const type of types) {
      for (const quality of qualities[type]) {
        const picture = (await openPicture(source.path)).resize({ ...size, fit: 'fill' });
        const { size: bytes } = await written(picture, type, quality, transparent).toFile(out);
        if (bytes <= rule.maxBytes) return { path: out, type, bytes, ...size };
        smallest = Math.min(smallest, bytes);
      }
    }
    // Bytes go roughly with the area; a little less than that, so that few rounds are needed.
    scale *= Math.min(0.9, Math.max(0.25, Math.sqrt(rule.maxBytes / smallest) * 0.95));
  }
  return null;
}

/** Tried in order until one is small enough; below 66 a smaller picture looks better than a coarser one. */
const qualities: Record<ImageType, readonly number[]> = {
  'image/jpeg': [88, 80, 73, 66],
  'image/webp': [88, 80, 73, 66],
  'image/png': [100],
  'image/gif': [100],
};

/**
 * Types to try, best first: the picture's own, then the rule's in its order. Transparency stays where a type that has it
 * is allowed. GIF has 256 colours and comes last.
 */
async function targetsOf(source: Source, rule: ImageRule): Promise<{ transparent: boolean; types: ImageType[] }> {
  const allowed = [source.type, ...rule.types].filter((type, index, all) => rule.types.includes(type) && all.indexOf(type) === index);
  allowed.sort((a, b) => Number(a === 'image/gif') - Number(b === 'image/gif'));
  const keeping = allowed.filter((type) => type === 'image/png' || type === 'image/webp');
  if (keeping.length === 0 || source.type === 'image/jpeg') return { transparent: false, types: allowed };
  const transparent = !(await (await openPicture(source.path)).stats()).isOpaque;
  return { transparent, types: transparent ? keeping : allowed };
}

function written(picture: Picture, type: ImageType, quality: number, transparent: boolean): Picture {
  const ready = transparent ? picture : picture.flatten({ background: '#ffffff' });
  switch (type) {
    case 'image/jpeg': return ready.jpeg({ quality });
    case 'image/webp': return ready.webp({ quality });
    case 'image/png': return ready.png();
    case 'image/gif': return ready.gif({ effort: 4 });
  }
}

async function find(storage: MediaStorage, id: string, derivative: string, rule: ImageRule): Promise<ImageFile | null> {
  for (const type of rule.types) {
    const file: StoredFile = { id, type, derivative };
    const bytes = await storage.size(file);
    if (bytes === null) continue;
    const { width, height } = await (await openPicture(storage.path(file))).metadata();
    return fileOf(storage, file, { type, bytes, width, height });
  }
  return null;
}

function fileOf(storage: MediaStorage, file: StoredFile, { type, bytes, width, height }: Omit<Made, 'path'>): ImageFile {
  return { type, size: bytes, width, height, name: `image.${endingOf(type)}`, open: () => storage.open(file) };
}

/** Of everything in a rule that changes the file; how many pictures a post may have does not. */
function ruleHash({ types, maxBytes, maxPixels, maxSide, maxShortSide, maxSum, maxRatio }: ImageRule): string {
  const facts = JSON.stringify([version, types, maxBytes, maxPixels, maxSide, maxSum, maxRatio, ...(maxShortSide === undefined ? [] : [maxShortSide])]);
  return createHash('sha256').update(facts).digest('hex').slice(0, 16);
}
