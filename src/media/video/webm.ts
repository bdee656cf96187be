import { Unreadable, type Bytes } from './bytes.ts';
import type { Outline } from './describe.ts';
import { elementAt, elemented, elementsOf, floatOf, sizeAt, uintOf, type Element } from './elements.ts';

/** Ids of RFC 9559. */
const id = {
  ebml: 0x1a45dfa3, docType: 0x4282, segment: 0x18538067, info: 0x1549a966, timestampScale: 0x2ad7b1, duration: 0x4489,
  tracks: 0x1654ae6b, track: 0xae, number: 0xd7, type: 0x83, defaultDuration: 0x23e383,
  cluster: 0x1f43b675, timestamp: 0xe7, simpleBlock: 0xa3, blockGroup: 0xa0, block: 0xa1,
} as const;

/** Frames looked at for a rate that no header says. */
const enoughFrames = 300;

interface Segment {
  info: Buffer | null;
  tracks: Buffer | null;
  /** Nanoseconds of a tick. */
  scale: number;
  /** In ticks; 0 when not said. */
  duration: number;
  video: number | null;
  /** Nanoseconds of a frame; 0 when not said. */
  frame: number;
  /** Of the cluster that is being read, in ticks. */
  timestamp: number;
  frames: number;
  /** Ticks of the first and the last frame among those. */
  firstFrame: number;
  lastFrame: number;
  /** The last tick of any track that was seen; of a video frame its end, where that is known. */
  last: number;
}

/** WebM: its two headers, and of its content no more than they leave open. */
export async function outlineOfWebm(bytes: Bytes): Promise<Outline> {
  const ebml = await elementAt(bytes, 0, bytes.size);
  if (ebml.id !== id.ebml || ebml.end === null) throw new Unreadable('It does not begin as it must.');
  const segment = await elementAt(bytes, ebml.end, bytes.size);
  if (segment.id !== id.segment) throw new Unreadable('Its content is missing.');
  const read: Segment = {
    info: null, tracks: null, scale: 1_000_000, duration: 0, video: null, frame: 0, timestamp: 0,
    frames: 0, firstFrame: 0, lastFrame: 0, last: 0,
  };
  await readSegment(bytes, segment, read);
  if (!read.info || !read.tracks) throw new Unreadable('Nothing says what it is.');
  if (read.video === null) return { durationMs: null, frameRate: null, head: null };
  const ticks = read.duration > 0 ? read.duration : read.last;
  const span = (read.lastFrame - read.firstFrame) * read.scale;
  const frameRate = read.frame > 0 ? 1e9 / read.frame : (read.frames - 1) * 1e9 / span;
  const durationMs = ticks * read.scale / 1e6;
  return {
    durationMs: Number.isFinite(durationMs) && durationMs > 0 ? durationMs : null,
    frameRate: Number.isFinite(frameRate) && frameRate > 0 ? frameRate : null,
    head: Buffer.concat([
      elemented(id.ebml, elemented(id.docType, Buffer.from('webm'))),
      elemented(id.segment, elemented(id.info, read.info), elemented(id.tracks, read.tracks)),
    ]),
  };
}

/**
 * Goes into clusters as if they had no walls, because those of live recordings have none. Where the duration is not said,
 * whole clusters are skipped up to the last, which is read.
 */
async function readSegment(bytes: Bytes, { content, end }: Element, read: Segment): Promise<void> {
  const limit = end ?? bytes.size;
  let skipped: Element | null = null;
  let at = content;
  while (at + 2 <= limit) {
    const element: Element = await elementAt(bytes, at, limit);
    const isCluster = element.id === id.cluster;
    const enough = read.frames >= enoughFrames || read.frame > 0;
    if (isCluster && enough && read.duration > 0) return;
    if (isCluster && enough && element.end !== null) {
      skipped = element;
      at = element.end;
    } else if (isCluster || element.id === id.blockGroup) {
      at = element.content;
    } else {
      if (element.end === null) throw new Unreadable('An element has no end.');
      await take(bytes, element, element.end, read);
      at = element.end;
    }
  }
  if (skipped?.end) await readSegment(bytes, { ...skipped, id: id.segment }, read);
}

async function take(bytes: Bytes, element: Element, end: number, read: Segment): Promise<void> {
  const length = end - element.content;
  switch (element.id) {
    case id.info:
      read.info = Buffer.from(await bytes.read(element.content, length));
      for (const { id: name, content } of elementsOf(read.info)) {
        if (name === id.timestampScale) read.scale = uintOf(content);
        else if (name === id.duration) read.duration = floatOf(content);
      }
      break;
    case id.tracks:
      read.tracks = Buffer.from(await bytes.read(element.content, length));
      Object.assign(read, firstVideoOf(read.tracks));
      break;
    case id.timestamp:
      read.timestamp = uintOf(await bytes.read(element.content, length));
      break;
    case id.simpleBlock:
    case id.block:
      takeBlock(await bytes.read(element.content, Math.min(length, 12)), read);
      break;
    default:
  }
}

function firstVideoOf(tracks: Buffer): { video: number | null; frame: number } {
  for (const track of elementsOf(tracks)) {
    if (track.id !== id.track) continue;
    const facts = new Map(elementsOf(track.content).map(({ id: name, content }) => [name, content]));
    const number = (name: number) => uintOf(facts.get(name) ?? Buffer.alloc(0));
    if (number(id.type) === 1) return { video: number(id.number), frame: number(id.defaultDuration) };
  }
  return { video: null, frame: 0 };
}

/** A block begins with its track's number and its time, counted from the cluster's. */
function takeBlock(head: Buffer, read: Segment) {
  const { length, value } = sizeAt(head, 0);
  if (head.length < length + 2) throw new Unreadable('A block is cut off.');
  const tick = read.timestamp + head.readInt16BE(length);
  read.last = Math.max(read.last, tick + (value === read.video ? read.frame / read.scale : 0));
  if (value !== read.video || read.frames >= enoughFrames) return;
  read.firstFrame = read.frames === 0 ? tick : Math.min(read.firstFrame, tick);
  read.lastFrame = Math.max(read.lastFrame, tick);
  read.frames += 1;
}
