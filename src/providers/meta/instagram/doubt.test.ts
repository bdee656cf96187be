import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../domain/json.ts';
import { publishOnce, trialOf, type Trial } from '../../../testing/trial.ts';
import type { FakeAnswer } from '../../fake/server.ts';
import type { SubjectCase } from '../../subject.ts';
import { startFakeInstagram, type FakeInstagram } from './fake.ts';
import type { FakeInstagramState, KeptMedium } from './fake/state.ts';
import { subject } from './subject.ts';

let trial: Trial;
let fake: FakeInstagram;
afterEach(() => trial.close());

async function start(part: SubjectCase['parts'][number] = picture, options: { [key: string]: Json } = {}, behaviour: Partial<FakeInstagramState> = {}) {
  trial = await trialOf({ ...subject, start: () => startFakeInstagram({}, behaviour) }, { name: 'own', parts: [part], options, visible: 1 });
  fake = trial.fake as FakeInstagram;
  fake.state.now = trial.clock.now;
}

const account = '17841400000000001';
const picture = { text: 'Hello\n  harbour ', images: ['A boat'] };
const refusal = (code: number, subcode?: number): FakeAnswer => ({ status: 400, body: { error: { message: 'No', type: 'OAuthException', code, ...(subcode !== undefined && { error_subcode: subcode }) } } });
const cut = (when: 'before' | 'after' = 'after') => fake.fault({ path: /media_publish/u, kind: { cut: when } });
const publishCalls = () => fake.calls.filter(({ path }) => path.endsWith('/media_publish'));
const another = (more: Partial<KeptMedium> = {}) => fake.add({ accountId: account, caption: 'Hello harbour', media_type: 'IMAGE', media_product_type: 'FEED', byApp: false, ...more });

describe('a publication that was never answered', () => {
  it('is known by its container, and its id by words and time', async () => {
    await start();
    cut();
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: fake.media[0]?.id, url: expect.stringContaining('/p/C') as string });
    expect(publishCalls()).toHaveLength(1);
  });

  it('is made when the container says that it was not', async () => {
    await start();
    cut('before');
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    expect(publishCalls()).toHaveLength(2);
    expect(fake.ledger).toHaveLength(1);
  });

  it('is not asked for again while Instagram is at it', async () => {
    await start(picture, {}, { publishingLooks: 2 });
    cut();
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: fake.media[0]?.id });
    expect(publishCalls()).toHaveLength(1);
    expect(fake.ledger).toHaveLength(1);
  });

  it('gets the id of no other medium: of another kind, of an earlier time, with other words', async () => {
    await start();
    another();
    trial.clock.advance(10 * 60_000);
    another({ caption: 'Something else' });
    another({ media_type: 'CAROUSEL_ALBUM' });
    another({ media_product_type: 'REELS', media_type: 'VIDEO' });
    another({ media_product_type: 'STORY' });
    cut();
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: fake.media.at(-1)?.id });
  });

  it('is published with the profile for an address where several may be it', async () => {
    await start();
    cut();
    let n = 0;
    fake.latency = () => {
      if (fake.media.length === 1 && n++ === 0) another();
      return 0;
    };
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1, remoteId: [...fake.containers.keys()][0], url: 'https://www.instagram.com/harbour/' });
    expect(publishCalls()).toHaveLength(1);
  });

  it('waits for its id while the list lags, and does without where the list may not be read', async () => {
    await start(picture, {}, { lag: 3 });
    cut();
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1, remoteId: fake.media[0]?.id });
    await trial.close();
    await start(picture, {}, { mayRead: false });
    cut();
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1, url: 'https://www.instagram.com/harbour/' });
    expect(await trial.test.store.connections.list(trial.workspaceId)).toMatchObject([{ status: 'active' }]);
  });

  it('is published whatever goes wrong with asking for its id', async () => {
    await start();
    cut();
    fake.fault({ method: 'GET', path: /\/media\?/u, times: 999, kind: { answer: { status: 500, body: 'down' } } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1, url: 'https://www.instagram.com/harbour/' });
  });

  it('is not made again where a container turns out to be published already', async () => {
    await start(picture, {}, { processingLooks: 1 });
    const latency = fake.latency;
    let n = 0;
    fake.latency = () => {
      const [first] = fake.containers.values();
      if (first && n++ === 0) {
        first.published.push(trial.clock.now());
        another({ byApp: true });
      }
      return latency();
    };
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: fake.media[0]?.id });
    expect(publishCalls()).toEqual([]);
  });

  it('is found in the list of Stories', async () => {
    await start({ text: '', images: [''] }, { format: 'story' });
    another({ media_product_type: 'STORY' });
    trial.clock.advance(10 * 60_000);
    cut();
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: fake.media.at(-1)?.id, url: expect.stringContaining('/stories/harbour/') as string });
  });

  it('is found by its words alone where containers are not shown, and goes to a person where it is not', async () => {
    await start(picture, {}, { showsContainers: false });
    cut();
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: fake.media[0]?.id });
    await trial.close();
    await start(picture, {}, { showsContainers: false });
    cut();
    fake.behaviour.lag = 2;
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: fake.media[0]?.id });
    expect(fake.ledger).toHaveLength(1);
    await trial.close();
    await start(picture, {}, { showsContainers: false });
    cut('before');
    expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed', failure: { kind: 'unsettled' } });
    expect(fake.ledger).toEqual([]);
  });

  it('makes another container when the first one ran out in the meantime', async () => {
    await start();
    cut('before');
    const latency = fake.latency;
    fake.latency = () => {
      const [first] = fake.containers.values();
      if (first && publishCalls().length === 1 && fake.containers.size === 1) first.at -= 30 * 3_600_000;
      return latency();
    };
    expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
    expect([...fake.containers.values()].map(({ published }) => published.length)).toEqual([0, 1]);
  });
});

describe('a refusal of what is out all the same', () => {
  it.each([
    ['documented nowhere', refusal(987654, 1)], ['a block for spam', refusal(4, 2207051)], ['a container that is not there', refusal(24, 2207008)],
    ['a clear no', refusal(100, 2207028)], ['a clear no about the account', refusal(25, 2207050)], ['not in Meta\'s form', { status: 400, body: { error: 'Invalid' } }],
  ])('is not believed: %s', async (_name, answer) => {
    await start();
    fake.fault({ path: /media_publish/u, kind: { lie: answer } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0, remoteId: fake.media[0]?.id });
    expect(publishCalls()).toHaveLength(1);
  });

  it.each([[refusal(100, 2207028), 'rejected'], [refusal(987654), 'rejected'], [refusal(190, 460), 'auth']] as const)('is believed where the container says so: %o', async (answer, kind) => {
    await start();
    fake.fault({ path: /media_publish/u, times: 9, kind: { answer } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind } });
    expect(publishCalls()).toHaveLength(1);
  });

  it('ends the post with its reason where containers are not shown', async () => {
    await start(picture, {}, { showsContainers: false });
    fake.fault({ path: /media_publish/u, times: 9, kind: { answer: refusal(25, 2207050) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { code: '/2207050' } });
  });
});

describe('a block for spam', () => {
  it('is waited out for a day; then another container is published, for the first has run out', async () => {
    await start();
    fake.fault({ path: /media_publish/u, kind: { answer: refusal(4, 2207051) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
    expect(trial.clock.now() - Date.UTC(2026, 10, 24, 9)).toBeGreaterThanOrEqual(24 * 3_600_000);
    expect(fake.containers.size).toBe(2);
    expect(fake.ledger).toHaveLength(1);
  });

  it('costs no second post when the first one came out in the meantime', async () => {
    await start();
    fake.fault({ path: /media_publish/u, kind: { answer: refusal(4, 2207051) } });
    const latency = fake.latency;
    let looks = 0;
    fake.latency = () => {
      const [first] = fake.containers.values();
      if (first && publishCalls().length === 1 && ++looks === 3) {
        first.published.push(trial.clock.now());
        another({ byApp: true });
      }
      return latency();
    };
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: fake.media[0]?.id });
    expect(publishCalls()).toHaveLength(1);
    expect(fake.ledger).toHaveLength(1);
  });

  it('costs none either where containers are not shown', async () => {
    await start(picture, {}, { showsContainers: false });
    fake.fault({ path: /media_publish/u, kind: { lie: refusal(9, 2207042) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: fake.media[0]?.id });
    expect(fake.ledger).toHaveLength(1);
  });
});
