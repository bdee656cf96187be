import type { Json } from '../../domain/json.ts';
import { createSend } from '../../lib/net-guard.ts';
import { ProviderError, type ImageFile, type Io, type LinkCard, type LocalEntry, type Steps, type VideoFile } from '../contract.ts';
import { createDownload } from '../download.ts';
import { createHttp } from '../http.ts';

export interface FakeIoOptions {
  upstreams?: ReadonlyMap<string, string>;
  now?: () => number;
  settings?: Record<string, string>;
  /** Bytes of the picture behind a media id; unless told 1x1 as PNG, or as JPEG where the rule takes no PNG. */
  image?: (mediaId: string) => { bytes: Buffer; file: Omit<ImageFile, 'open' | 'size'> };
  /** The video behind a media id; 64 kB of no meaning unless told. */
  video?: (mediaId: string) => { bytes: Buffer; type: VideoFile['type'] };
  card?: LinkCard;
}

/** An Io for trying one adapter function against a fake platform, without engine or store. */
export function fakeIo(options: FakeIoOptions = {}): Io {
  const now = options.now ?? Date.now;
  const budgets = new Map<string, number>();
  const notes = new Map<string, Json>();
  const board = new Map<string, LocalEntry>();
  return {
    http: createHttp({ send: createSend(options.upstreams), now }),
    download: createDownload({ send: createSend(options.upstreams), now }),
    now,
    image: async (mediaId, rule) => {
      const { bytes, file } = options.image?.(mediaId) ?? (rule.types.includes('image/png') ? onePixel : oneJpeg);
      return { ...file, size: bytes.length, open: async function* () { yield bytes; } };
    },
    video: async (mediaId) => {
      const { bytes, type } = options.video?.(mediaId) ?? { bytes: sampleBytes, type: 'video/mp4' };
      return {
        type, size: bytes.length, name: 'video.mp4',
        read: (from = 0, to = bytes.length) => ({ async *[Symbol.asyncIterator]() { yield bytes.subarray(from, to); } }),
      };
    },
    mediaUrl: async (mediaId) => `https://post.example/m/${mediaId}`,
    spend: async (name, { max, until }) => {
      const taken = (budgets.get(`${name} ${until}`) ?? 0) + 1;
      if (taken > max) throw spent(until);
      budgets.set(`${name} ${until}`, taken);
    },
    linkCard: async () => options.card ?? null,
    picture: async () => null,
    setting: (env) => options.settings?.[env],
    notes: { get: async (key) => notes.get(key), put: async (key, value) => void notes.set(key, value) },
    local: {
      put: async (entry) => void (board.has(entry.key) || board.set(entry.key, entry)),
      get: async (key) => board.get(key),
    },
  };
}

/** Steps without a journal on disk: done steps answer from a map that the caller may keep between runs. */
export function mapSteps(journal = new Map<string, Json>()): Steps {
  const done = async <T extends Json>(name: string, act: () => Promise<T>): Promise<T> => {
    if (!journal.has(name)) journal.set(name, await act());
    return journal.get(name) as T;
  };
  return {
    run: done,
    once: done,
    until: async (name, _every, ready) => done(name, async () => {
      const result = await ready();
      if (result === null) throw new Error(`${name} is not ready`);
      return result;
    }),
    wait: async () => {},
  };
}

/** What the videos of seeded posts consist of. */
export const sampleBytes = Buffer.from(Array.from({ length: 65_536 }, (_, n) => (n * 31 + (n >> 8)) % 256));

export function spent(until: number) {
  return new ProviderError({ kind: 'rate_limited', code: 'budget', message: 'The app has done what it may for now.', retryAt: until, scope: 'app' });
}

const onePixel = {
  bytes: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
  file: { type: 'image/png' as const, width: 1, height: 1, name: 'image.png' },
};

const oneJpeg = {
  bytes: Buffer.from(
    '/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8'
    + 'fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAABAAEDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAA'
    + 'AP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/ALAB/9k=', 'base64',
  ),
  file: { type: 'image/jpeg' as const, width: 1, height: 1, name: 'image.jpg' },
};
