import type { Sharp as Picture } from 'sharp';
import { isWithin, type Box } from '../../domain/pictures/crop.ts';
import type { ImageType } from '../../domain/media.ts';
import { mediaRefusals as t } from '../../domain/texts/refusals/media.ts';
import { ingestImage } from '../ingest.ts';
import { openPicture, readingProblem, type PictureFacts } from '../probe.ts';
import { problem, type MediaProblem } from '../problem.ts';
import type { MediaStorage } from '../storage.ts';

export interface Croppable {
  id: string;
  type: ImageType;
  width: number;
  height: number;
  animated: boolean;
}

/** A piece of a kept picture as a picture of its own, `newId`, scaled down to `side` pixels on its longer side where that is less; the one it was cut from stays as it is. */
export async function cropImage(storage: MediaStorage, media: Croppable, box: Box, newId: string, side?: number): Promise<PictureFacts | MediaProblem> {
  if (media.animated) return problem('unsupported', t.animationNotCropped);
  if (!isWithin(box, media)) return problem('does_not_fit', t.pieceOutside);
  const original = { id: media.id, type: media.type };
  if ((await storage.size(original)) === null) return problem('missing', t.pictureFileGone);
  const out = await storage.temp();
  const refused = await storage.inTurn(async () => {
    try {
      const { x: left, y: top, width, height } = box;
      const piece = (await openPicture(storage.path(original))).extract({ left, top, width, height });
      if (side !== undefined) piece.resize(side, side, { fit: 'inside', withoutEnlargement: true });
      await nearlyLossless(piece, media.type).toFile(out);
      return null;
    } catch (error) {
      await storage.discard(out);
      return readingProblem(error);
    }
  });
  return refused ?? ingestImage(storage, out, newId);
}

/** It is written once more when it is taken in, so that as little as can be is lost here. */
function nearlyLossless(picture: Picture, type: ImageType): Picture {
  switch (type) {
    case 'image/jpeg': return picture.jpeg({ quality: 100, chromaSubsampling: '4:4:4', optimiseCoding: false });
    case 'image/webp': return picture.webp({ lossless: true });
    case 'image/png': return picture.png({ compressionLevel: 1 });
    case 'image/gif': return picture.gif({ effort: 1 });
  }
}
