import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import type { Found, Steps } from '../contract.ts';
import { mapSteps } from '../fake/io.ts';
import { publishOnce, trialOf, withTrial } from '../../testing/trial.ts';
import { startFakeLinkedin, type FakeLinkedIn } from './fake.ts';
import { picture, postTo } from './fake/job.ts';
import { duplicateOf } from './fake/posts.ts';
import { pageSubject, profileSubject } from './subject.ts';

let fake: FakeLinkedIn;
let now = Date.UTC(2026, 10, 24, 9);
beforeEach(async () => {
  now = Date.UTC(2026, 10, 24, 9);
  fake = await startFakeLinkedin({ now: () => now });
});
afterEach(() => fake.close());

const clock = { now: () => now };
const minutes = (n: number) => { now += n * 60_000; };

/** Steps whose visible calls are not made but looked for, as after a death in mid-call at `at`. */
function asking(at: number): { steps: Steps; found: () => Found<Json> | undefined } {
  let found: Found<Json> | undefined;
  const steps: Steps = {
    ...mapSteps(),
    once: async (_name, _act, find) => {
      found = find ? await find({ at }) : 'unknown';
      throw new Error('looked');
    },
  };
  return { steps, found: () => found };
}

const lookFor = async (text: string, at: number, given: Parameters<typeof postTo>[2] = {}) => {
  const { steps, found } = asking(at);
  await expect(postTo(fake, text, { as: 'page', ...clock, ...given, steps })).rejects.toThrow('looked');
  return found();
};

describe('an unanswered post of a page', () => {
  it('is found by its text, however LinkedIn gives it back', async () => {
    const text = 'Hello (world) #news @[Harbour Works](urn:li:organization:79988552)';
    const { remoteId } = await postTo(fake, text, { as: 'page', ...clock });
    expect(await lookFor(text, now)).toEqual({ found: { urn: remoteId } });
    const kept = fake.posts.posts.get(remoteId);
    if (kept) kept.sent.commentary = kept.sent.commentary.replace('{hashtag|\\#|news}', '\\#news');
    expect(await lookFor(text, now)).toEqual({ found: { urn: remoteId } });
    expect(await lookFor('Something else', now)).toBe('absent');
  });

  it('is not an older one with the same text, and not one of another page', async () => {
    await postTo(fake, 'Monthly', { as: 'page', ...clock });
    minutes(2);
    expect(await lookFor('Monthly', now)).toBe('absent');
    expect(await lookFor('Monthly', now - 90_000)).toMatchObject({ found: {} });
  });

  it('is found by its media, and a text with other media is not it', async () => {
    const { remoteId } = await postTo(fake, 'Look', { as: 'page', ...clock, media: [picture()] });
    expect(await lookFor('Look', now)).toBe('absent');
    const kept = fake.posts.posts.get(remoteId);
    const ids = kept?.sent.content && 'media' in kept.sent.content ? kept.sent.content.media.id : '';
    const { steps, found } = asking(now);
    const known: Steps = { ...steps, run: async (name, act) => (name === 'image-1' ? ids as never : steps.run(name, act)) };
    await expect(postTo(fake, 'Look', { as: 'page', ...clock, media: [picture()], steps: known })).rejects.toThrow('looked');
    expect(found()).toEqual({ found: { urn: remoteId } });
  });

  it('is looked for beyond the first ten', async () => {
    const { remoteId } = await postTo(fake, 'First', { as: 'page', ...clock });
    const since = now;
    for (let n = 0; n < 12; n += 1) await postTo(fake, `Later ${n}`, { as: 'page', ...clock });
    expect(await lookFor('First', since)).toEqual({ found: { urn: remoteId } });
    for (let n = 0; n < 40; n += 1) await postTo(fake, `Much later ${n}`, { as: 'page', ...clock });
    expect(await lookFor('First', since)).toBe('unknown');
  });

  it('is nobody\'s to say where the page may no longer be read', async () => {
    fake.state.organizations = fake.state.organizations.map((one) => ({ ...one, role: 'ANALYST' }));
    expect(await lookFor('Hello', now)).toBe('unknown');
  });

  it('is found under the engine, and not sent again', async () => {
    for (const kind of [{ cut: 'after' }, { lie: { status: 500, body: 'oops' } }, { lie: { status: 400, body: { error: 'Invalid' } } }, { lie: { status: 201, body: '' } }] as const) {
      await withTrial(await trialOf(pageSubject, { name: 'one', parts: [{ text: 'One' }], visible: 1 }), async (trial) => {
        trial.fake.fault({ method: 'POST', path: /\/rest\/posts/u, kind });
        expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: expect.stringMatching(/^urn:li:share:/u) as string });
        expect(trial.fake.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
      });
    }
  });
});

describe('an unanswered first comment', () => {
  it('is found under the engine, and written again only when it is not there', async () => {
    const of = { name: 'one', parts: [{ text: 'One' }], options: { firstComment: 'Hi' }, visible: 2 };
    for (const [kind, writes] of [[{ cut: 'after' }, 1], [{ cut: 'before' }, 2]] as const) {
      await withTrial(await trialOf(pageSubject, of), async (trial) => {
        trial.fake.fault({ method: 'POST', path: /comments/u, kind });
        expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
        expect(trial.fake.calls.filter(({ method, path }) => method === 'POST' && path.endsWith('comments'))).toHaveLength(writes);
        expect(await trial.ledger()).toBe(2);
      });
    }
  });
});

describe('an unanswered post of a profile', () => {
  it('waits for a person, and is never sent again by itself', async () => {
    for (const kind of [{ cut: 'after' }, { cut: 'before' }, { lie: { status: 503, body: 'down' } }] as const) {
      await withTrial(await trialOf(profileSubject, { name: 'one', parts: [{ text: 'One' }], visible: 1 }), async (trial) => {
        trial.fake.fault({ path: /\/rest\/posts/u, kind });
        expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed' });
        expect(trial.fake.calls).toHaveLength(1);
      });
    }
  });

  it('is told by the duplicate when a person has it sent again', async () => {
    await withTrial(await trialOf(profileSubject, { name: 'one', parts: [{ text: 'One' }], visible: 1 }), async (trial) => {
      const { test: { store }, workspaceId, publicationId, clock: time } = trial;
      trial.fake.fault({ path: /\/rest\/posts/u, kind: { cut: 'after' } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed' });
      await store.publications.sendAgain(workspaceId, publicationId, { userId: 'someone', now: time.now() });
      const urn = trial.fake.ledger[0]?.id ?? '';
      expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed', failure: { code: 'DUPLICATE_POST', message: expect.stringContaining(`https://www.linkedin.com/feed/update/${urn}/`) as string } });
      expect(await trial.ledger()).toBe(1);
    });
  });
});

describe('a duplicate', () => {
  const again = (text: string, given: Parameters<typeof postTo>[2] = {}) => postTo(fake, text, { ...clock, ...given });
  /** As after a run that came to the sending. */
  const after = (at: number) => mapSteps(new Map<string, Json>([['sending', at]]));

  it('of something older is refused, and named', async () => {
    const { url } = await again('Same');
    await expect(again('Same')).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'DUPLICATE_POST', message: expect.stringContaining(url ?? '') as string } });
    const page = await again('Same', { as: 'page' });
    minutes(5);
    await expect(again('Same', { as: 'page' })).rejects.toMatchObject({ failure: { kind: 'rejected', message: expect.stringContaining(page.url ?? '') as string } });
    expect(fake.ledger).toHaveLength(2);
  });

  it('of what this publication itself has made is that, once it was read', async () => {
    const since = now;
    const { remoteId } = await again('Same', { as: 'page' });
    minutes(1);
    expect(await again('Same', { as: 'page', steps: after(since) })).toMatchObject({ remoteId });
    expect(fake.calls.at(-1)).toMatchObject({ method: 'GET', path: `/rest/posts/${encodeURIComponent(remoteId)}`, status: 200 });
    // Another text, and the same text of another page, are not ours.
    const sent = fake.posts.posts.get(remoteId)?.sent;
    if (!sent) throw new Error('no post');
    const { urn } = fake.posts.add({ ...sent, author: 'urn:li:organization:5515715' });
    for (const [text, original] of [['Another', remoteId], ['Same', urn]] as const) {
      fake.fault({ method: 'POST', path: /posts/u, kind: { answer: duplicateOf(original).answer } });
      await expect(again(text, { as: 'page', steps: after(since) })).rejects.toMatchObject({ failure: { kind: 'rejected' } });
    }
  });

  it('of a profile cannot be read, so that a person decides where an earlier call is in doubt', async () => {
    const since = now;
    const { url } = await again('Same');
    await expect(again('Same', { steps: after(since) })).rejects.toMatchObject({ failure: { kind: 'unsettled', message: expect.stringContaining(url ?? '') as string } });
  });

  it('of a ghost is not published', async () => {
    const { remoteId } = await again('Same', { as: 'page' });
    const kept = fake.posts.posts.get(remoteId);
    if (kept) kept.deleted = true;
    await expect(again('Same', { as: 'page' })).rejects.toMatchObject({ failure: { kind: 'rejected', message: expect.stringContaining('gone') as string } });
    await expect(again('Same', { as: 'page', steps: after(now) })).rejects.toMatchObject({ failure: { kind: 'unsettled' } });
  });

  it('whose original could not be looked at just now is in doubt', async () => {
    await again('Same', { as: 'page' });
    for (const answer of [{ status: 502, body: 'down' }, { status: 429, body: {} }, { status: 401, body: {} }]) {
      fake.fault({ method: 'GET', kind: { answer } });
      await expect(again('Same', { as: 'page' })).rejects.toMatchObject({ failure: { kind: 'transient', reached: true } });
    }
  });

  it('is known in the words of older versions too', async () => {
    fake.fault({ kind: { answer: { status: 422, body: { status: 422, message: `Content is a duplicate of urn:li:share:1234567` } } } });
    await expect(again('Same', { as: 'page' })).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'DUPLICATE_POST' } });
    expect(fake.calls.at(-1)).toMatchObject({ status: 404 });
  });

  it('cannot be relied on: without it nothing is sent twice either', async () => {
    await withTrial(await trialOf({ ...pageSubject, start: () => startFakeLinkedin({ dedupes: false }) }, { name: 'one', parts: [{ text: 'One' }], visible: 1 }), async (trial) => {
      trial.fake.fault({ method: 'POST', path: /posts/u, kind: { cut: 'after' } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(await trial.ledger()).toBe(1);
    });
  });
});
