import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../domain/json.ts';
import type { Publication } from '../../../domain/publication.ts';
import { publishOnce, trialOf, type Trial } from '../../../testing/trial.ts';
import { sampleBytes } from '../../fake/io.ts';
import type { FakeAnswer } from '../../fake/server.ts';
import type { SubjectCase } from '../../subject.ts';
import { startFakeInstagram, type FakeInstagram } from './fake.ts';
import type { FakeInstagramState } from './fake/state.ts';
import { subject } from './subject.ts';

let trial: Trial;
let fake: FakeInstagram;
afterEach(() => trial.close());

type Behaviour = Partial<FakeInstagramState>;

async function start(part: SubjectCase['parts'][number], options: { [key: string]: Json } = {}, behaviour: Behaviour = {}) {
  trial = await trialOf({ ...subject, start: () => startFakeInstagram({}, behaviour) }, { name: 'own', parts: [part], options, visible: 1 });
  fake = trial.fake as FakeInstagram;
  fake.state.now = trial.clock.now;
}

async function publish(...given: Parameters<typeof start>): Promise<Publication> {
  await start(...given);
  return publishOnce(trial);
}

const refusal = (code: number, subcode?: number): FakeAnswer => ({ status: 400, body: { error: { message: 'No', type: 'OAuthException', code, ...(subcode !== undefined && { error_subcode: subcode }) } } });
const containers = () => [...fake.containers.values()];
const callsTo = (path: RegExp) => fake.calls.filter((call) => path.test(`${call.method} ${call.path}`));
const looks = () => callsTo(/GET .*\/\d{18}$/u);
const began = Date.UTC(2026, 10, 24, 9);
const picture = { text: 'Hello harbour', images: ['A boat'] };
const reel = { text: 'Short', videos: [{}] };
const asReel = { format: 'reel' };
const hour = 3_600_000;

describe('a container', () => {
  it('is waited for, ever more seldom, and published once', async () => {
    const publication = await publish(reel, asReel, { processingLooks: 10 });
    expect(publication).toMatchObject({ status: 'published', failures: 0 });
    expect(fake.ledger).toHaveLength(1);
    expect(containers()).toHaveLength(1);
    // One look before the upload, ten while it is prepared, one that finds it ready.
    expect(looks()).toHaveLength(12 + 1);
    expect(trial.clock.now() - began).toBeGreaterThan(5 * 60_000);
  });

  it.each([
    ['Error: Media upload has failed with error code 2207026', '/2207026', 'Instagram does not take this video.'],
    ['2207057', '/2207057', 'The frame for the cover is outside the video.'],
    ['Error: Media upload has failed with error code 2207999', '/2207999', /2207999/u],
    ['Error: Something new.', 'processing_failed', 'Instagram could not prepare this post: Something new.'],
    ['', 'processing_failed', 'Instagram could not prepare this post.'],
  ])('that says "%s" ends the post with that reason', async (processingError, code, message) => {
    const publication = await publish(reel, asReel, { processingError });
    expect(publication).toMatchObject({ status: 'failed', failures: 0, failure: { kind: 'rejected', code, message: expect.stringMatching(message) as string } });
    expect(publication.failure?.kind === 'rejected' && publication.failure.fix).toBeTruthy();
    expect(containers()).toHaveLength(1);
    // A person who tries again gets another one.
    fake.behaviour.processingError = null;
    await trial.test.store.publications.retry(trial.workspaceId, trial.publicationId, trial.clock.now());
    expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
    expect(containers()).toHaveLength(2);
  });

  it.each(['2207053', '2207077', '2207082', '2207003', '2207020', '2207001', '2207032', '2207052'])('that fails with %s is made anew, after a pause', async (code) => {
    const publication = await publish(reel, asReel, { processingError: `Error: Media upload has failed with error code ${code}`, failing: 1 });
    expect(publication).toMatchObject({ status: 'published', failures: 1 });
    expect(containers()).toHaveLength(2);
    expect((containers()[1]?.at ?? 0) - (containers()[0]?.at ?? 0)).toBeGreaterThanOrEqual(60_000);
  });

  it('that keeps failing is given up with its reason', async () => {
    const publication = await publish(reel, asReel, { processingError: 'Error: Media upload has failed with error code 2207077' });
    expect(publication).toMatchObject({ status: 'failed', failure: { kind: 'transient', code: '/2207077', message: 'Instagram could not fetch the video.' } });
    expect(containers()).toHaveLength(4);
  });

  it('that takes longer than half an hour is made anew', async () => {
    await start(reel, asReel, { processingLooks: 1_000 });
    const latency = fake.latency;
    fake.latency = () => {
      if (containers().length > 1) fake.behaviour.processingLooks = 0;
      for (const one of containers().slice(1)) one.looks = 0;
      return latency();
    };
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    expect((containers()[1]?.at ?? 0) - began).toBeGreaterThan(30 * 60_000);
  });

  it('that is not shown to the Page is published after two minutes, and refusals for being too early only cost time', async () => {
    await start(reel, asReel, { showsContainers: false, processingLooks: 1 });
    const publication = publishOnce(trial);
    const latency = fake.latency;
    fake.latency = () => {
      if (callsTo(/media_publish/u).length > 0) for (const one of containers()) one.looks = 0;
      return latency();
    };
    expect(await publication).toMatchObject({ status: 'published', failures: 1 });
    expect(callsTo(/media_publish/u).map(({ status }) => status)).toEqual([400, 200]);
    expect(containers()).toHaveLength(1);
  });

  it('that ran out while the post had to wait is made anew, and the old one is never published', async () => {
    await start(picture);
    // A whole day of waiting, said at the last moment.
    fake.fault({ path: /media_publish/u, kind: { answer: { ...refusal(80002), headers: { 'x-business-use-case-usage': '{"1":[{"type":"instagram","estimated_time_to_regain_access":1500}]}' } } } });
    const publication = await publishOnce(trial);
    expect(publication).toMatchObject({ status: 'published', failures: 0 });
    expect(containers().map(({ published }) => published.length)).toEqual([0, 1]);
    expect(trial.clock.now() - began).toBeGreaterThanOrEqual(25 * hour);
    expect(fake.ledger).toHaveLength(1);
  });

  it('of a carousel gets fresh parts when those have run out', async () => {
    await start({ text: 'Two', images: ['1', '2'] });
    fake.latency = () => {
      if (containers().length === 2 && looks().length === 1) {
        fake.latency = () => 0;
        fake.fault({ method: 'POST', path: /\/media\?/u, kind: { answer: { ...refusal(80002), headers: { 'x-business-use-case-usage': '{"1":[{"type":"instagram","estimated_time_to_regain_access":1440}]}' } } } });
      }
      return 0;
    };
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
    expect(containers().map(({ kind }) => kind)).toEqual(['IMAGE', 'IMAGE', 'IMAGE', 'IMAGE', 'CAROUSEL']);
    expect(containers()[4]?.children).toEqual(containers().slice(2, 4).map(({ id }) => id));
  });

  it('that Instagram no longer knows when it is published is asked after, and made anew when it is lost', async () => {
    await start(picture);
    fake.fault({ path: /media_publish/u, kind: { answer: refusal(24, 2207008) } });
    const latency = fake.latency;
    fake.latency = () => {
      const [first] = containers();
      if (callsTo(/media_publish/u).length === 1 && first && containers().length === 1) first.error = 'Error: Media upload has failed with error code 2207020';
      return latency();
    };
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    expect(containers().map(({ published }) => published.length)).toEqual([0, 1]);
    expect(callsTo(/content_publishing_limit/u)).toHaveLength(2);
  });

  it('is published as it is when Instagram only says that it does not know it', async () => {
    await start(picture);
    fake.fault({ path: /media_publish/u, kind: { answer: refusal(24, 2207006) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    expect(containers()).toHaveLength(1);
  });
});

describe('the upload host', () => {
  it('gets the whole file in one call, byte for byte', async () => {
    await publish(reel, asReel);
    expect(containers()[0]?.upload?.pieces).toEqual([{ offset: 0, bytes: sampleBytes.length, sha256: createHash('sha256').update(sampleBytes).digest('hex') }]);
  });

  it('gets only the rest after a cut', async () => {
    await start(reel, asReel);
    fake.fault({ path: /ig-api-upload/u, kind: { cutRequest: 20_000 } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    expect(containers()).toHaveLength(1);
    const [first, second] = containers()[0]?.upload?.pieces ?? [];
    expect(first).toMatchObject({ offset: 0, bytes: 20_000 });
    expect(second).toMatchObject({ offset: 20_000, bytes: sampleBytes.length - 20_000, sha256: createHash('sha256').update(sampleBytes.subarray(20_000)).digest('hex') });
  });

  it('gets nothing again when all had come and only the answer was lost', async () => {
    await start(reel, asReel);
    fake.fault({ path: /ig-api-upload/u, kind: { cut: 'after' } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    expect(callsTo(/ig-api-upload/u)).toHaveLength(1);
  });

  it.each([
    ['does not take the rest', () => { fake.fault({ path: /ig-api-upload/u, kind: { cutRequest: 20_000 } }); let n = 0; fake.latency = () => { if (callsTo(/ig-api-upload/u).length === 1 && n++ === 0) fake.fault({ path: /ig-api-upload/u, kind: { answer: { status: 400, body: { debug_info: { retriable: true, type: 'OffsetInvalidError', message: 'no' } } } } }); return 0; }; }],
    ['has lost the container', () => { fake.fault({ path: /ig-api-upload/u, kind: { cutRequest: 20_000 } }); fake.latency = () => { const [first] = containers(); if (containers().length === 1 && first?.upload && first.upload.received > 0) first.at -= 30 * hour; return 0; }; }],
  ])('gets the whole into another container where it %s', async (_name, arrange) => {
    await start(reel, asReel);
    arrange();
    const publication = await publishOnce(trial);
    expect(publication.status).toBe('published');
    expect(containers()).toHaveLength(2);
    expect(containers()[1]?.upload?.pieces.map(({ offset, bytes }) => [offset, bytes])).toEqual([[0, sampleBytes.length]]);
    expect(fake.ledger).toHaveLength(1);
  });

  it('says itself whether trying again can help, and whose the upload is', async () => {
    const debug = (retriable: boolean, message: string) => ({ answer: { status: 400, body: { debug_info: { retriable, type: 'ProcessingFailedError', message } } } });
    await start(reel, asReel);
    fake.fault({ path: /ig-api-upload/u, kind: debug(true, 'no') });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    await trial.close();
    await start(reel, asReel);
    fake.fault({ path: /ig-api-upload/u, kind: debug(false, 'no') });
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'rejected', message: 'Meta could not read this video.' } });
    await trial.close();
    await start(reel, asReel);
    fake.fault({ path: /ig-api-upload/u, kind: debug(false, '{"success":false,"error":{"message":"unauthorized user request"}}') });
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'rejected', message: 'Meta does not let this connection upload the video.' } });
  });

  it('gets no token at an address that is not its own', async () => {
    await start(reel, asReel);
    fake.fault({ method: 'POST', path: /\/media\?/u, times: 9, kind: { answer: { status: 200, body: { id: '1', uri: 'https://elsewhere.test/ig-api-upload/1' } } } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { code: 'unreadable_answer' } });
  });
});
