import type { Job, JobPart, PostImage, PostVideo, Published, Steps } from '../../contract.ts';
import { fakeIo, mapSteps, sampleBytes, type FakeIoOptions } from '../../fake/io.ts';
import type { FakeLinkedIn } from '../fake.ts';
import { pageOptions, profileOptions, type Options, type PageOptions } from '../options.ts';
import { page, profile } from '../product.ts';
import { publish } from '../publish.ts';
import type { Grant } from '../session.ts';
import { accountOf, settings } from '../subject.ts';

export const pageUrn = 'urn:li:organization:79988552';

export const picture = (alt = '', mediaId = 'picture'): PostImage => ({ kind: 'image', mediaId, alt, width: 1, height: 1 });
export const video = (bytes = sampleBytes.length): PostVideo => ({ kind: 'video', mediaId: 'video', alt: '', type: 'video/mp4', bytes, width: 720, height: 1280, durationMs: 15_000 });

export interface Given extends FakeIoOptions {
  as?: 'profile' | 'page';
  media?: JobPart['media'];
  options?: Partial<PageOptions> | { visibility: string };
  steps?: Steps;
  grant?: Grant;
}

/** Publishes a text, with what else is given, to a fake that is not asked about again. */
export function postTo(fake: FakeLinkedIn, text: string, { as = 'profile', media = [], options = {}, steps = mapSteps(), grant, ...io }: Given = {}): Promise<Published> {
  const whose = grant ?? accountOf(fake, as === 'page' ? page : profile);
  const job: Job<Grant, Options> = {
    id: 'p1', frozenAt: 0, grant: whose, parts: [{ text, media }],
    options: (as === 'page' ? pageOptions : profileOptions).parse(options),
    target: { remoteId: as === 'page' ? pageUrn : whose.member, handle: '', name: '', url: null, limits: {} },
  };
  return publish(job, steps, ioOf(fake, io));
}

export function ioOf(fake: FakeLinkedIn, options: FakeIoOptions = {}) {
  return fakeIo({ upstreams: fake.upstreams, settings, ...options });
}

/** The post that was sent last, as it was sent. */
export function lastSent(fake: FakeLinkedIn) {
  return [...fake.posts.posts.values()].at(-1)?.sent;
}
