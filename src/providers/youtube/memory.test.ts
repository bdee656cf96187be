import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { largeFiles } from '../../testing/large/large-files.ts';
import type { Job, VideoFile } from '../contract.ts';
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
const files = largeFiles();
beforeAll(async () => {
  fake = fork(join(import.meta.dirname, 'fake/process.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'] });
  [told] = (await once(fake, 'message')) as [Told];
});
afterAll(() => {
  fake.kill();
  files.close();
});

const MiB = 1024 * 1024;

/** V8 lets up to 64 MB of buffers lie around before it collects them: what nobody holds is collected before each look. */
function resident(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (how: { type: 'minor' }) => void;
  collect({ type: 'minor' });
  return process.memoryUsage.rss();
}

describe('a video of 1 GiB', () => {
  it('goes out from a file without being held in memory', async () => {
    const io = fakeIo({ upstreams: new Map(told.upstreams), settings });
    let most = 0;
    const watched = (file: VideoFile): VideoFile => ({
      ...file,
      async *read(from, to) {
        let passed = 0;
        for await (const bytes of file.read(from, to)) {
          if (Math.floor((passed + bytes.length) / (4 * MiB)) > Math.floor(passed / (4 * MiB))) most = Math.max(most, resident());
          passed += bytes.length;
          yield bytes;
        }
      },
    });
    const upload = (id: string, bytes: number) => {
      files.add(id, bytes);
      const { grant, target } = told.account;
      const job: Job<Grant, Options> = {
        id, grant, options: options.parse({ title: id, madeForKids: 'no' }), target: { ...target, limits: {} }, frozenAt: 0,
        parts: [{ text: '', media: [{ kind: 'video', mediaId: id, alt: '', type: 'video/mp4', bytes, width: 1920, height: 1080, durationMs: 600_000 }] }],
      };
      const file = files.get(id);
      if (!file) throw new Error('no file');
      return publish(job, mapSteps(), { ...io, video: async () => watched(file) });
    };
    // What the first calls load and compile is there once.
    await upload('small', 16 * MiB);
    const before = resident();
    most = before;
    await upload('large', 1024 * MiB);
    fake.send('what do you have?');
    expect((await once(fake, 'message'))[0]).toMatchObject({ videos: [{ bytes: 16 * MiB }, { bytes: 1024 * MiB }], pieces: 1 + 64 });
    process.stdout.write(`youtube: an upload of 1 GiB raised resident memory by ${Math.round((most - before) / 1e6)} MB\n`);
    expect(most - before).toBeLessThan(64_000_000);
  }, 120_000);
});
