import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../contract.ts';
import { fakeIo, mapSteps } from '../fake/io.ts';
import { options, type Options } from './options.ts';
import { publish } from './publish.ts';
import type { Grant } from './session.ts';
import { settings, type accountOf } from './subject.ts';

interface Told {
  upstreams: [string, string][];
  account: ReturnType<typeof accountOf>;
}

let fake: ChildProcess;
let told: Told;
const directory = mkdtempSync(join(tmpdir(), 'postmaster-'));
/** Mostly a hole: it takes no room on the disk. */
const file = join(directory, 'video.mp4');
beforeAll(async () => {
  writeFileSync(file, '');
  fake = fork(join(import.meta.dirname, 'fake/process.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'] });
  [told] = (await once(fake, 'message')) as [Told];
});
afterAll(() => {
  fake.kill();
  rmSync(directory, { recursive: true });
});

const MiB = 1024 * 1024;

describe('a video of 1 GiB', () => {
  it('goes out without being held in memory', async () => {
    const io = fakeIo({ upstreams: new Map(told.upstreams), settings });
    let peak = 0;
    const upload = (id: string, size: number) => {
      const { grant, target } = told.account;
      const job: Job<Grant, Options> = {
        id, grant, options: options.parse({ title: id, madeForKids: 'no' }), target: { ...target, limits: {} }, frozenAt: 0,
        parts: [{ text: '', media: [{ kind: 'video', mediaId: id, alt: '', type: 'video/mp4', bytes: size, width: 1920, height: 1080, durationMs: 600_000 }] }],
      };
      truncateSync(file, size);
      const read = (from = 0, to = size) => ({
        async *[Symbol.asyncIterator]() {
          for await (const piece of createReadStream(file, { start: from, end: to - 1 })) {
            peak = Math.max(peak, process.memoryUsage.rss());
            yield piece as Buffer;
          }
        },
      });
      return publish(job, mapSteps(), { ...io, video: async () => ({ type: 'video/mp4', size, name: 'video.mp4', read }) });
    };
    const cold = process.memoryUsage.rss();
    // What the first calls load, and what the collector of garbage lets lie around before it begins, is there once.
    await upload('small', 256 * MiB);
    const before = process.memoryUsage.rss();
    peak = before;
    await upload('large', 1024 * MiB);
    fake.send('what do you have?');
    expect((await once(fake, 'message'))[0]).toMatchObject({ videos: [{ bytes: 256 * MiB }, { bytes: 1024 * MiB }], pieces: 16 + 64 });
    const text = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
    process.stdout.write(`youtube: after one of 256 MiB an upload of 1 GiB raised resident memory by ${text(peak - before)}, from a cold start by ${text(peak - cold)}\n`);
    expect(peak - before).toBeLessThan(64_000_000);
    expect(peak - cold).toBeLessThan(160_000_000);
  }, 120_000);
});
