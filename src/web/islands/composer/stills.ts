import type { MediaItem } from '../../composer/model/data.ts';

/** How long a browser may take to show a frame (ms): a video that it cannot read tells by nothing else sometimes. */
const patience = 8_000;

/** A frame of a video as a JPEG; throws where this browser cannot read it. */
export async function frameAt(mediaId: string, seconds: number): Promise<Blob> {
  const film = document.createElement('video');
  film.muted = true;
  film.preload = 'auto';
  film.playsInline = true;
  const shown = new Promise<void>((resolve, reject) => {
    film.addEventListener('loadeddata', () => { film.currentTime = Math.min(seconds, Math.max(0, (film.duration || 0) - 0.05)); }, { once: true });
    film.addEventListener('seeked', () => resolve(), { once: true });
    film.addEventListener('error', () => reject(new Error('this video cannot be read here')), { once: true });
    setTimeout(() => reject(new Error('no frame came')), patience);
  });
  film.src = `/media/${mediaId}`;
  try {
    await shown;
    return await drawn(film);
  } finally {
    film.removeAttribute('src');
    film.load();
  }
}

/** What a video shows at this moment. */
export async function drawn(film: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = film.videoWidth;
  canvas.height = film.videoHeight;
  canvas.getContext('2d')?.drawImage(film, 0, 0);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the frame could not be written'))), 'image/jpeg', 0.92));
}

interface Answer {
  item?: MediaItem;
  problems?: { message: string }[];
}

/** Puts a picture in the place of a video's still; a sentence where it was refused. */
export async function sendStill(csrf: string, mediaId: string, picture: Blob): Promise<MediaItem | string> {
  const answer = await sendFile<Answer>(`/media/${mediaId}/poster`, csrf, 'poster', picture);
  return answer.item ?? answer.problems?.[0]?.message ?? '';
}

/** Adds a picture to the library; the sentence where it was refused. */
export async function addPicture(csrf: string, picture: Blob, name: string): Promise<{ id: string } | string> {
  const { media = [], problems = [] } = await sendFile<{ media?: { id: string }[]; problems?: { message: string }[] }>('/media', csrf, 'media', picture, name);
  return media[0] ?? problems[0]?.message ?? '';
}

async function sendFile<T>(url: string, csrf: string, field: string, file: Blob, name = 'still.jpg'): Promise<T> {
  const form = new FormData();
  form.append('_csrf', csrf);
  form.append(field, file, name);
  const answer = await fetch(url, { method: 'POST', headers: { accept: 'application/json' }, body: form });
  if (!answer.headers.get('content-type')?.includes('json')) throw new Error(`${url} answered ${answer.status}`);
  return (await answer.json()) as T;
}

/**
 * Gives a video a still where the server could make none: a frame a second in, for the first is black more often than not.
 * The item as it is where that does not work; its tile stays.
 */
export async function withStill(csrf: string, item: MediaItem): Promise<MediaItem> {
  const { facts } = item;
  if (facts.kind !== 'video' || facts.posterAt !== undefined) return item;
  try {
    const kept = await sendStill(csrf, facts.mediaId, await frameAt(facts.mediaId, Math.min(1, facts.durationMs / 3_000)));
    return typeof kept === 'string' ? item : kept;
  } catch {
    return item;
  }
}

/** Looks after the videos of a post that have no still yet, each once. */
export function createStills({ csrf, changed }: { csrf: string; changed: (item: MediaItem) => void }) {
  const seen = new Set<string>();
  async function care(item: MediaItem) {
    const better = await withStill(csrf, item);
    if (better !== item) changed(better);
  }
  return (items: Readonly<Record<string, MediaItem>>) => {
    for (const item of Object.values(items)) {
      const { mediaId } = item.facts;
      if (item.facts.kind !== 'video' || item.facts.posterAt !== undefined || seen.has(mediaId)) continue;
      seen.add(mediaId);
      void care(item);
    }
  };
}
