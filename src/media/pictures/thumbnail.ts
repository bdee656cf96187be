import type { Sharp as Picture } from 'sharp';

/** As small as every medium is shown in lists and previews. */
export function thumbnail(picture: Picture): Picture {
  return picture.resize({ width: 640, height: 640, fit: 'inside', withoutEnlargement: true }).webp({ quality: 78 });
}
