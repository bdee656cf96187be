import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../lib/ids.ts';
import { testStore, type TestStore } from '../testing/store.ts';
import { seedPerson } from '../testing/world.ts';
import { factsOf, type Media } from './media.ts';

let test: TestStore;
let workspaceId: string;
beforeEach(async () => {
  test = testStore();
  ({ workspaceId } = await seedPerson(test.store));
});
afterEach(() => test.close());

const row = (more: Partial<Media> = {}): Media => ({
  id: newId(1), workspaceId, type: 'video/mp4', bytes: 3_999_999_999, width: 1080, height: 1920, animated: false, name: 'clip.mp4', alt: '',
  createdAt: 1, durationMs: 65_432, videoCodec: 'h264', audioCodec: 'aac', frameRate: 29.97, posterAt: null, ...more,
});

describe('media', () => {
  it('keeps what is known of a video', async () => {
    const video = row();
    await test.store.media.add(video);
    expect(await test.store.media.get(workspaceId, video.id)).toEqual(video);
  });

  it('is looked up by however many ids: an archive may have more than a statement takes', async () => {
    const video = row();
    await test.store.media.add(video);
    expect((await test.store.media.many(workspaceId, [...Array.from({ length: 40_000 }, (_, n) => `none-${n}`), video.id])).map(({ id }) => id)).toEqual([video.id]);
  });

  it('gives facts with the words of a post', () => {
    const video = row();
    const { id: mediaId, type, bytes, width, height, durationMs, videoCodec, audioCodec, frameRate } = video;
    expect(factsOf(video, 'A dog')).toEqual({ kind: 'video', mediaId, alt: 'A dog', type, bytes, width, height, durationMs, videoCodec, audioCodec, frameRate });
    const picture = row({ type: 'image/png', durationMs: null, videoCodec: null, audioCodec: null, frameRate: null });
    expect(factsOf(picture, 'A cat')).toEqual({ kind: 'image', mediaId: picture.id, alt: 'A cat', type: 'image/png', bytes, width, height, animated: false });
  });

  it.each(['video/mp4', 'video/quicktime', 'video/webm', 'image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const)('takes %s', async (type) => {
    await test.store.media.add(row({ type }));
  });

  it('takes no other type', async () => {
    await expect(test.store.media.add(row({ type: 'video/x-matroska' as never }))).rejects.toThrow(/CHECK/u);
  });
});
