import type { Json } from '../../domain/json.ts';
import type { Io, Job, JobPart, PostImage, PostVideo, Steps } from '../contract.ts';
import { fakeIo, mapSteps, type FakeIoOptions } from '../fake/io.ts';
import type { FakeX } from './fake.ts';
import { options as shape, type Options } from './options.ts';
import { publish } from './publish.ts';
import type { Grant } from './session.ts';
import { accountOf, settings } from './subject.ts';

// What this network's tests are written with.

export const start = Date.UTC(2026, 10, 24, 9);

export const text = (of: string, ...media: JobPart['media'][number][]): JobPart => ({ text: of, media });

export const image = (alt = '', more: Partial<PostImage> = {}): PostImage => ({ kind: 'image', mediaId: `image-${alt || 'plain'}`, alt, width: 3, height: 2, type: 'image/png', animated: false, ...more });

export const gif = (alt = ''): PostImage => image(alt, { mediaId: 'gif', type: 'image/gif', animated: true });

export const video = (bytes = 3_000_000): PostVideo => ({ kind: 'video', mediaId: 'video', alt: '', type: 'video/mp4', bytes, width: 720, height: 1280, durationMs: 15_000 });

export function jobOf(fake: FakeX, parts: Job['parts'], options: Partial<Options> = {}, more: Partial<Job<Grant, Options>> = {}): Job<Grant, Options> {
  const { grant, target } = accountOf(fake);
  return { id: 'publication', grant, options: shape.parse(options), parts, frozenAt: start, target: { ...target, limits: {} }, ...more };
}

export const ioOf = (fake: FakeX, more: FakeIoOptions = {}): Io => fakeIo({ upstreams: fake.upstreams, now: () => fake.state.now(), settings, ...more });

export function run(fake: FakeX, job: Job<Grant, Options>, { steps = mapSteps(), io = {}, ...more }: { steps?: Steps; io?: Partial<Io> } & FakeIoOptions = {}) {
  return publish(job, steps, { ...ioOf(fake, more), ...io });
}

export const callsTo = (fake: FakeX, path: RegExp) => fake.calls.filter((call) => path.test(`${call.method} ${call.path}`));

/** A clock that stands still until it is moved, for a fake and whoever talks to it. */
export function clockOf(at = start) {
  const clock = { at, now: () => clock.at, pass: (ms: number) => { clock.at += ms; } };
  return clock;
}

/** Steps that pass the time in which a network wants to be left alone. */
export function patient(clock: { pass(ms: number): void }, journal = new Map<string, Json>()): Steps {
  return {
    ...mapSteps(journal),
    until: async <T extends Json>(name: string, every: number, ready: () => Promise<T | null>) => {
      for (let n = 0; n < 100; n += 1) {
        const result = await ready();
        if (result !== null) {
          journal.set(name, result);
          return result;
        }
        clock.pass(every);
      }
      throw new Error(`${name} never came`);
    },
  };
}
