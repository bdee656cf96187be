import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Failure } from '../../domain/failure.ts';
import { publishOnce, trialOf, withTrial, type Trial } from '../../testing/trial.ts';
import { ProviderError } from '../contract.ts';
import { fakeIo } from '../fake/io.ts';
import type { SubjectCase } from '../subject.ts';
import { connect, targets } from './connect.ts';
import { ada, startFakeDevto, type FakeDevto } from './fake.ts';
import { look } from './look.ts';
import { check, options, tagsOf } from './options.ts';
import { subject } from './subject.ts';
import { call } from './wire.ts';

let fake: FakeDevto;
beforeEach(async () => { fake = await startFakeDevto(); });
afterEach(() => fake.close());

const io = (now = Date.now) => fakeIo({ upstreams: fake.upstreams, now });
const of: SubjectCase = { name: 'article', parts: [{ text: 'Words' }], options: { title: 'Tides' }, visible: 1 };
const devto = ({ fake: one }: Trial) => one as FakeDevto;

describe('dev.to: connecting', () => {
  it('takes a key and knows whose it is', async () => {
    const { account, grant } = await connect.verify({ apiKey: ` ${ada.key}\n` }, io());
    expect(account).toEqual({ id: '1234', name: 'Ada' });
    expect(await targets(grant, io())).toEqual([{ remoteId: '1234', name: 'Ada', handle: '@ada', url: 'https://dev.to/ada', avatarUrl: 'https://media.example/ada.png' }]);
  });

  it.each([['nothing', ''], ['what is no key', 'my key, ünsaid'], ['a wrong key', 'aB3dE5gH7jK9mN1pQ3rS5tU8']])('refuses %s beside its field', async (_, apiKey) => {
    await expect(connect.verify({ apiKey }, io())).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'apiKey' } });
  });
});

describe('dev.to: publishing', () => {
  it('sends what was asked for', async () => {
    const whole = subject.cases[1] ?? of;
    await withTrial(await trialOf(subject, whole), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: '101', url: 'https://dev.to/ada/article-101' });
      expect(devto(trial).asked).toEqual([{
        title: 'All of it', body_markdown: 'With a *cover*.', published: true, tags: ['webdev', 'testing'],
        main_image: expect.stringMatching(/^https:\/\/post\.example\/m\//u) as string, canonical_url: 'https://example.org/all',
      }]);
    });
  });

  it('finds what was sent without an answer, and shows the key to nobody', async () => {
    await withTrial(await trialOf(subject, of), async (trial) => {
      trial.fake.fault({ method: 'POST', kind: { cut: 'after' } });
      const publication = await publishOnce(trial);
      expect(publication).toMatchObject({ status: 'published', failures: 1 });
      expect(devto(trial).asked).toHaveLength(1);
      expect(JSON.stringify(publication)).not.toContain(ada.key);
    });
  });

  it('takes "already taken" for its own article where one with its title is new, and asks a person otherwise', async () => {
    await withTrial(await trialOf(subject, of), async (trial) => {
      trial.fake.fault({ method: 'POST', kind: { lie: { status: 422, body: { error: 'Body markdown has already been taken', status: 422 } } } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0, remoteId: '101' });
    });
    await withTrial(await trialOf(subject, of), async (trial) => {
      trial.fake.fault({ method: 'POST', kind: { answer: { status: 422, body: { error: 'Canonical url has already been taken', status: 422 } } } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed' });
      expect(trial.fake.ledger).toHaveLength(0);
    });
  });

  it('waits as long as it is told', async () => {
    await withTrial(await trialOf(subject, of), async (trial) => {
      trial.fake.fault({ method: 'POST', kind: { answer: { status: 429, headers: { 'retry-after': '30' }, body: { error: 'Rate limit reached, try again in 30 seconds', status: 429 } } } });
      const began = trial.clock.now();
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
      expect(trial.clock.now() - began).toBeGreaterThanOrEqual(30_000);
    });
  });
});

describe('dev.to: looking', () => {
  const at = Date.parse('2026-08-01T12:00:00Z');
  const find = () => look(ada.key, 'Tides', { at }, io());

  it('knows its own by the title and the time', async () => {
    fake.write('Tides', { at: at - 3_600_000 });
    fake.write('Waves', { at: at + 1_000 });
    fake.write('Tides');
    expect(await find()).toBe('absent');
    fake.write('Tides', { at: at + 1_000 });
    expect(await find()).toEqual({ found: { id: '104', url: 'https://dev.to/ada/article-104' } });
    fake.write('Tides', { at: at + 2_000 });
    expect(await find()).toBe('unknown');
  });

  it('does not say that nothing is there when the page is full of newer ones, or when it may not look', async () => {
    for (let n = 0; n < 30; n += 1) fake.write(`Draft ${n}`);
    expect(await find()).toBe('unknown');
    fake.people.clear();
    expect(await find()).toBe('unknown');
  });
});

describe('dev.to: errors', () => {
  const answered = async (status: number, body: unknown, headers: Record<string, string> = {}): Promise<Failure> => {
    fake.fault({ kind: { answer: { status, body, headers } } });
    const error: unknown = await call(io(() => 1_000_000), { method: 'POST', path: '/articles', apiKey: ada.key, body: { json: {} } }).catch((thrown: unknown) => thrown);
    if (error instanceof ProviderError) return error.failure;
    throw new Error('nothing was refused');
  };

  it.each<[number, string, Partial<Failure>]>([
    [401, 'unauthorized', { kind: 'auth' }],
    [403, 'forbidden', { kind: 'auth' }],
    [404, 'not found', { kind: 'rejected' }],
    [422, 'Title is too long (maximum is 128 characters)', { kind: 'rejected', fix: expect.stringContaining('title') as string }],
    [422, 'Tag list exceed the maximum of 4 tags', { kind: 'rejected', fix: expect.stringContaining('tags') as string }],
    [422, 'Canonical url must not have spaces', { kind: 'rejected', fix: expect.stringContaining('canonical') as string }],
    [422, 'Body markdown has already been taken', { kind: 'unsettled' }],
    [429, 'Rate limit reached, try again in 45 seconds', { kind: 'rate_limited', scope: 'channel', retryAt: 1_045_000 }],
    [503, 'down', { kind: 'transient', reached: true }],
  ])('%i %s', async (status, error, failure) => {
    expect(await answered(status, { error, status })).toMatchObject(failure);
  });

  it('holds a gate\'s words for nobody\'s refusal, and the header for the better clock', async () => {
    expect(await answered(403, 'Forbidden Bots')).toMatchObject({ kind: 'transient', code: 'not_devto' });
    expect(await answered(429, { error: 'try again in 45 seconds' }, { 'retry-after': '30' })).toMatchObject({ retryAt: 1_030_000 });
  });

  it('come from the fake as they are documented: ten articles in half a minute, and a suspended account', async () => {
    for (let n = 0; n < 10; n += 1) fake.write(`No ${n}`, { at: Date.now() });
    const send = () => call(io(), { method: 'POST', path: '/articles', apiKey: ada.key, body: { json: { article: { title: 'One more', body_markdown: 'Words' } } } });
    await expect(send()).rejects.toMatchObject({ failure: { kind: 'rate_limited' } });
    Object.assign(fake.people.get(ada.key) ?? {}, { suspended: true });
    await expect(send()).rejects.toMatchObject({ failure: { kind: 'auth' } });
  });
});

describe('dev.to: limits', () => {
  const fieldsOf = (said: object, text = 'Words') => check({ options: options.parse(said), parts: [{ text, media: [] }], composing: null }).map(({ field }) => field);

  it('takes four plain tags, however they are typed', () => {
    expect(tagsOf({ tags: '#WebDev, testing  node,,node' })).toEqual(['webdev', 'testing', 'node']);
    expect(fieldsOf({ tags: 'a, b, c, d' })).toEqual([]);
    for (const tags of ['a b c d e', 'c++', `${'a'.repeat(70)} ${'b'.repeat(70)}`]) expect(fieldsOf({ tags })).toEqual(['option.tags']);
  });

  it('knows the address of a page, and settings in front of the text', () => {
    expect(fieldsOf({ canonicalUrl: 'https://example.org/a' })).toEqual([]);
    expect(fieldsOf({ canonicalUrl: 'example.org' })).toEqual(['option.canonicalUrl']);
    expect(fieldsOf({}, '---\ntitle: Other\n---\nWords')).toEqual(['part.0']);
    expect(fieldsOf({}, 'Words\n\n---\nMore')).toEqual([]);
  });

  it('takes a title of 128 characters', () => {
    expect(options.safeParse({ title: 'a'.repeat(128) }).success).toBe(true);
    expect(options.safeParse({ title: 'a'.repeat(129) }).success).toBe(false);
  });
});
