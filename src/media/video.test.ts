import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sniff } from './sniff.ts';
import { sampleVideo, sampleVideoStream, writeSampleVideo, type SampleVideo } from './samples/video-samples.ts';
import { probeVideo } from './video.ts';
import { boxed } from './video/boxes.ts';
import { elemented } from './video/elements.ts';

let directory: string;
beforeEach(async () => { directory = await mkdtemp(join(tmpdir(), 'video-')); });
afterEach(async () => rm(directory, { recursive: true, force: true }));

async function probed(bytes: Uint8Array) {
  const path = join(directory, 'video');
  await writeFile(path, bytes);
  return probeVideo(path);
}

describe('sniffing', () => {
  const ftyp = (...brands: string[]) => boxed('ftyp', Buffer.from(`${brands[0] ?? ''}\0\0\u0002\0${brands.slice(1).join('')}`, 'latin1'));
  const ebml = (docType: string) => elemented(0x1a45dfa3, elemented(0x4286, Buffer.from([1])), elemented(0x4282, Buffer.from(docType)));

  test.each([
    ['isom', ftyp('isom', 'iso2', 'avc1', 'mp41'), 'video/mp4'],
    ['mp42', ftyp('mp42'), 'video/mp4'],
    ['M4V', ftyp('M4V ', 'M4V ', 'mp42'), 'video/mp4'],
    ['a maker\'s own with a common one', ftyp('XAVC', 'mp42', 'iso2'), 'video/mp4'],
    ['a common one behind an unknown one', ftyp('abcd', 'isom'), 'video/mp4'],
    ['3GPP', ftyp('3gp5', 'isom'), 'video/mp4'],
    ['QuickTime', ftyp('qt  ', 'qt  '), 'video/quicktime'],
    ['WebM', ebml('webm'), 'video/webm'],
    ['WebM with a closing zero', ebml('webm\0'), 'video/webm'],
  ])('%s is taken', (_name, head, type) => expect(sniff(head)).toBe(type));

  test.each([
    ['Matroska', ebml('matroska'), /^This is a Matroska video \(MKV\)\. .*MP4, MOV and WebM/u],
    ['another EBML document', ebml('other'), /another kind/u],
    ['an EBML document that is cut off', ebml('webm').subarray(0, 20), /another kind/u],
    ['an unknown brand', ftyp('abcd', 'efgh'), /another kind/u],
    ['a QuickTime file of before brands', boxed('moov'), /another kind/u],
    ['AVI', Buffer.from('RIFF\0\0\0\0AVI LIST'), /another kind/u],
    ['Flash video', Buffer.from('FLV\u0001\u0005'), /another kind/u],
    ['Windows Media', Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex'), /Windows Media/u],
    ['MPEG', Buffer.from('000001ba44000400', 'hex'), /MPEG/u],
    ['sound', ftyp('M4A ', 'isom', 'mp42'), /sound/u],
    ['HEIC that names a video\'s brand', ftyp('mif1', 'heic', 'isom'), /HEIC/u],
    ['a camera\'s raw picture', ftyp('crx ', 'isom'), /raw picture/u],
  ])('%s is refused with a sentence', (_name, head, sentence) => {
    expect(sniff(head)).toMatchObject({ code: 'unsupported', message: expect.stringMatching(sentence) as string });
  });
});

describe('what is asked of a sample is what is read back', () => {
  const mp4 = { type: 'video/mp4', width: 320, height: 240, durationMs: 2000, videoCodec: 'h264', audioCodec: 'aac', frameRate: 30 };
  const mov = { ...mp4, type: 'video/quicktime' };
  const webm = { ...mp4, type: 'video/webm', videoCodec: 'vp9', audioCodec: 'opus' };
  const cases: [name: string, options: SampleVideo, of: object][] = [
    ['MP4', {}, mp4],
    ['QuickTime', { type: 'video/quicktime' }, mov],
    ['WebM', { type: 'video/webm' }, webm],
    ['without sound', { audioCodec: null }, mp4],
    ['WebM without sound', { type: 'video/webm', audioCodec: null }, webm],
    ...(['hevc', 'vp8', 'vp9', 'av1'] as const).map((videoCodec): [string, SampleVideo, object] => [`${videoCodec} in MP4`, { videoCodec }, mp4]),
    ...(['vp8', 'av1'] as const).map((videoCodec): [string, SampleVideo, object] => [`${videoCodec} in WebM`, { type: 'video/webm', videoCodec }, webm]),
    ['Opus in MP4', { audioCodec: 'opus' }, mp4],
    ['an odd size', { width: 1078, height: 606 }, mp4],
    ['8K', { width: 7680, height: 4320, durationMs: 100 }, mp4],
    ['29.97 frames', { frameRate: 29.97, durationMs: 12_345 }, mp4],
    ['23.976 frames in WebM', { type: 'video/webm', frameRate: 23.976, durationMs: 3456 }, webm],
    ['60 frames in a minute', { frameRate: 60, durationMs: 60_000 }, mp4],
    ['one frame', { durationMs: 40, frameRate: 25, audioCodec: null }, mp4],
    ...([90, 180, 270] as const).map((rotation): [string, SampleVideo, object] => [`turned by ${rotation}`, { rotation, width: 1080, height: 1920 }, mp4]),
    ['turned, QuickTime', { type: 'video/quicktime', rotation: 90, width: 720, height: 1280 }, mov],
    ['filled up', { bytes: 100_000 }, mp4],
    ['WebM filled up', { type: 'video/webm', bytes: 100_000 }, webm],
    ['with a place', { place: '+52.5200+013.4050/' }, mp4],
    ['with positions', { positions: ['52.52,13.40', '52.53,13.41'] }, mp4],
  ];
  test.each(cases)('%s', async (_name, options, of) => {
    const bytes = sampleVideo(options);
    // What a probe does not say of itself.
    const asked = Object.entries(options).filter(([name]) => !['rotation', 'place', 'positions'].includes(name));
    const oneFrame = options.durationMs === 40 && { frameRate: null };
    expect(await probed(bytes)).toEqual({ ...of, ...Object.fromEntries(asked), ...oneFrame, bytes: bytes.length });
    if (options.bytes !== undefined) expect(bytes.length).toBe(options.bytes);
  });

  test('a file and a stream have the same bytes', async () => {
    const options: SampleVideo = { bytes: 300_000 };
    const path = join(directory, 'file');
    await writeSampleVideo(path, options);
    const chunks: Buffer[] = [];
    for await (const chunk of sampleVideoStream(options)) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(sampleVideo(options))).toBe(true);
    expect(await probeVideo(path)).toMatchObject({ bytes: 300_000 });
  });

  test('four gigabytes cost no more memory than four kilobytes', async () => {
    const path = join(directory, 'large');
    const facts = { width: 1920, height: 1080, durationMs: 3 * 3_600_000, bytes: 4_000_000_000 };
    await writeSampleVideo(path, facts);
    await probed(sampleVideo());
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    expect(await probeVideo(path)).toMatchObject(facts);
    expect(process.memoryUsage.rss() - before).toBeLessThan(16_000_000);
    await writeSampleVideo(path, { ...facts, bytes: 4_000_000_001 });
    expect(await probeVideo(path)).toMatchObject({ code: 'too_large', message: expect.stringContaining('4 GB') as string });
  });
});

describe('what the headers leave open', () => {
  /** Empties tables and durations of a sample's movie box: their content comes in fragments. */
  function emptied(moov: Buffer): Buffer {
    const copy = Buffer.from(moov);
    const patch = (type: string, offset: number) => {
      for (let at = copy.indexOf(type); at >= 0; at = copy.indexOf(type, at + 4)) copy.writeUInt32BE(0, at + 4 + offset);
    };
    patch('mvhd', 16);
    patch('mdhd', 16);
    for (const table of ['stts', 'stss', 'stsc', 'stco']) patch(table, 4);
    patch('stsz', 8);
    return copy;
  }

  const u32 = (...values: number[]) => Buffer.concat(values.map((value) => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(value);
    return four;
  }));

  function fragmented(...fragments: Buffer[]): Buffer {
    const whole = sampleVideo({ audioCodec: null });
    const [from, to] = [whole.indexOf('moov') - 4, whole.indexOf('mdat') - 4];
    const moov = emptied(whole.subarray(from, to));
    const movie = Buffer.concat([moov, boxed('mvex', boxed('trex', u32(0, 1, 1, 1000, 0, 0)))]);
    movie.writeUInt32BE(movie.length, 0);
    return Buffer.concat([whole.subarray(0, from), movie, ...fragments.flatMap((fragment) => [fragment, boxed('mdat', Buffer.alloc(100))])]);
  }

  const fragment = (...traf: Buffer[]) => boxed('moof', boxed('mfhd', u32(0, 1)), boxed('traf', ...traf));

  test('a fragmented movie is as long as its fragments', async () => {
    // The sample has 30 000 ticks a second. 30 samples of the default, 30 with one of their own, then each with its own.
    const bytes = fragmented(
      fragment(boxed('tfhd', u32(0, 1)), boxed('tfdt', u32(0, 0)), boxed('trun', u32(0x01, 30, 0))),
      fragment(boxed('tfhd', u32(0x0a, 1, 1, 1000)), boxed('tfdt', Buffer.concat([u32(0x01000000, 0), u32(30_000)])), boxed('trun', u32(0, 15)), boxed('trun', u32(0, 15))),
      fragment(boxed('tfhd', u32(0, 1)), boxed('trun', u32(0x301, 3, 0, 10_000, 7, 10_000, 7, 10_000, 7))),
      fragment(boxed('tfhd', u32(0, 9)), boxed('trun', u32(0, 500))),
    );
    expect(await probed(bytes)).toMatchObject({ durationMs: 3000, frameRate: 21, width: 320, height: 240, videoCodec: 'h264' });
  });

  test('a run that claims four thousand million samples is too long, and nothing more', async () => {
    const bytes = fragmented(fragment(boxed('tfhd', u32(0, 1)), boxed('trun', u32(0, 0xffffffff))));
    expect(await probed(bytes)).toMatchObject({ code: 'too_long' });
  });

  test('a run that is cut off is damage', async () => {
    const cut = fragmented(fragment(boxed('tfhd', u32(0, 1)), boxed('trun', u32(0x100, 1000, 1))));
    expect(await probed(Buffer.concat([cut, boxed('free', Buffer.alloc(8000))]))).toMatchObject({ code: 'damaged' });
  });

  /** A live recording: nothing says how long it is, and neither segment nor clusters say where they end. */
  function live(): Buffer {
    const whole = sampleVideo({ type: 'video/webm', durationMs: 3000, frameRate: 25 });
    const [duration, frame] = [whole.indexOf(Buffer.from('4489', 'hex')), whole.indexOf(Buffer.from('23e383', 'hex'))];
    // Renamed to what no reader knows.
    whole.write('4480', duration, 'hex');
    whole.write('23e384', frame, 'hex');
    for (const id of ['18538067', '1f43b675']) {
      for (let at = whole.indexOf(Buffer.from(id, 'hex')); at >= 0; at = whole.indexOf(Buffer.from(id, 'hex'), at + 4)) whole.write('01ffffffffffffff', at + 4, 'hex');
    }
    return whole;
  }

  test('a live recording is as long as its last frame is late', async () => {
    const facts = await probed(live());
    expect(facts).toMatchObject({ type: 'video/webm', videoCodec: 'vp9', audioCodec: 'opus', frameRate: 25 });
    expect((facts as { durationMs: number }).durationMs).toBeGreaterThanOrEqual(2960);
    expect((facts as { durationMs: number }).durationMs).toBeLessThanOrEqual(3000);
  });

  test('clusters with an end are skipped up to the last', async () => {
    const whole = sampleVideo({ type: 'video/webm', durationMs: 20_000, frameRate: 25 });
    whole.write('4480', whole.indexOf(Buffer.from('4489', 'hex')), 'hex');
    expect(await probed(whole)).toMatchObject({ durationMs: 20_000, frameRate: 25 });
  });

  test('what a camera puts behind the last box is nothing', async () => {
    expect(await probed(Buffer.concat([sampleVideo(), Buffer.from([0, 0, 1, 0, 1, 2, 3, 4, 5, 6, 7])]))).toMatchObject({ durationMs: 2000 });
  });
});
