import { isVideo } from '../../domain/media.ts';
import type { Media } from '../../store/media.ts';

/** What scripts get to know of a file. */
export function told({ id, name, alt, type, durationMs }: Media) {
  return { id, name, alt, kind: isVideo(type) ? 'video' : 'image', durationMs };
}
