import { open, type FileHandle } from 'node:fs/promises';
import type { VideoType } from '../../domain/media.ts';
import { boxesIn, contentOf, type Box } from './boxes.ts';
import { Unreadable, withBytes, type Bytes } from './bytes.ts';
import { chunksOf, type Span } from './chunks.ts';
import { elementAt } from './elements.ts';

/** Ids of RFC 9559. */
const cluster = 0x1f43b675;
const blockGroup = 0xa0;
const tellTale = new Set([0x1254c367, 0x1941a469]);

/** Place, camera, person, cover and whatever else is neither picture nor sound. */
const metadata = new Set(['udta', 'meta']);

/** Time codes stay with picture and sound: editing programs ask for them, and they tell nothing. */
const kept = new Set(['vide', 'soun', 'tmcd']);

/** More than any film has; what has more is kept no account of. */
const mostTracks = 64;
const mostData = 1000;

/**
 * Takes out of a video, in place, what it tells of place, camera and person: boxes of metadata become boxes of nothing of
 * the same size, so that nothing moves and nothing is encoded anew. Timed metadata (a drone's or action camera's positions)
 * goes too, track and bytes. Throws `Unreadable` for a file that no probe would have taken.
 */
export async function cleanVideo(path: string, type: VideoType): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await withBytes(path, (bytes) => (type === 'video/webm' ? cleanWebm(bytes, handle) : cleanMovie(bytes, handle)));
  } finally {
    await handle.close();
  }
}

/** Each find is blanked at once: what is read afterwards lies behind it, or in another box. */
async function cleanMovie(bytes: Bytes, handle: FileHandle): Promise<void> {
  const data: Span[] = [];
  const tracks: Box[] = [];
  let blanked = 0;
  for await (const box of boxesIn(bytes, 0, bytes.size)) {
    if (metadata.has(box.type) || box.type === 'uuid') await free(handle, box);
    if (box.type === 'mdat' && data.length < mostData) data.push({ from: box.content, to: box.end });
    if (box.type !== 'moov') continue;
    for await (const inner of boxesIn(bytes, box.content, box.end)) {
      if (metadata.has(inner.type) || inner.type === 'uuid') await free(handle, inner);
      else if (inner.type === 'trak') tracks.push(inner);
      if (tracks.length > mostTracks) throw new Unreadable('There are too many tracks.');
    }
  }
  for (const track of tracks) {
    if (kept.has(await handlerOf(bytes, track))) {
      // A `uuid` in a track may say that the video is spherical, which networks must know.
      await cleanTrack(bytes, handle, track);
      continue;
    }
    for await (const { from, to } of chunksOf(bytes, track)) {
      if (!data.some((span) => from >= span.from && to <= span.to)) continue;
      // Chunks may be said to lie all over each other.
      blanked += to - from;
      if (blanked > bytes.size) throw new Unreadable('It points to the same bytes again and again.');
      await zero(handle, from, to);
    }
    await free(handle, track);
  }
}

async function handlerOf(bytes: Bytes, track: Box): Promise<string> {
  for await (const mdia of boxesIn(bytes, track.content, track.end)) {
    if (mdia.type !== 'mdia') continue;
    for await (const box of boxesIn(bytes, mdia.content, mdia.end)) {
      if (box.type === 'hdlr') return (await contentOf(bytes, box)).toString('latin1', 8, 12);
    }
  }
  return '';
}

async function cleanTrack(bytes: Bytes, handle: FileHandle, track: Box): Promise<void> {
  for await (const box of boxesIn(bytes, track.content, track.end)) {
    if (metadata.has(box.type)) await free(handle, box);
    if (box.type !== 'mdia') continue;
    for await (const inner of boxesIn(bytes, box.content, box.end)) if (metadata.has(inner.type)) await free(handle, inner);
  }
}

/** Tags and attachments lie beside the clusters. Those of live recordings have no end, and are gone through. */
async function cleanWebm(bytes: Bytes, handle: FileHandle): Promise<void> {
  const ebml = await elementAt(bytes, 0, bytes.size);
  const segment = await elementAt(bytes, ebml.end ?? bytes.size, bytes.size);
  const limit = segment.end ?? bytes.size;
  let at = segment.content;
  while (at + 2 <= limit) {
    const { id, start, content, end } = await elementAt(bytes, at, limit);
    if (end === null && id !== cluster && id !== blockGroup) throw new Unreadable('An element has no end.');
    if (end !== null && tellTale.has(id)) await makeVoid(handle, start, end);
    at = end ?? content;
  }
}

async function free(handle: FileHandle, { start, content, end }: Box): Promise<void> {
  await handle.write('free', start + 4, 'latin1');
  await zero(handle, content, end);
}

/** A Void element (RFC 8794 §11.3.2) in the place of another. One of less than nine bytes has nothing to tell. */
async function makeVoid(handle: FileHandle, start: number, end: number): Promise<void> {
  if (end - start < 9) return;
  const header = Buffer.alloc(9);
  header.writeBigUInt64BE((1n << 56n) | BigInt(end - start - 9), 1);
  header.writeUInt8(0xec, 0);
  await handle.write(header, 0, header.length, start);
  await zero(handle, start + header.length, end);
}

async function zero(handle: FileHandle, from: number, to: number): Promise<void> {
  const nothing = Buffer.alloc(Math.min(65_536, Math.max(0, to - from)));
  for (let at = from; at < to; at += nothing.length) await handle.write(nothing, 0, Math.min(nothing.length, to - at), at);
}
