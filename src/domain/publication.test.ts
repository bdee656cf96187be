import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from './failure.ts';
import { postStatus } from './post.ts';
import { outcomeOf, publicationStatuses, type Circumstances } from './publication.ts';

const now = 1_000_000;
const calm: Circumstances = { failures: 0, openIntent: false, canLook: true, settleMs: 10_000, now };
const told = { code: 'x', message: 'x' };
const transient: Failure = { kind: 'transient', reached: true, ...told };
const auth: Failure = { kind: 'auth', ...told };
const rejected: Failure = { kind: 'rejected', fix: 'x', ...told };
const unsettled: Failure = { kind: 'unsettled', ...told };
const limited: Failure = { kind: 'rate_limited', retryAt: now + 7_000, scope: 'app', ...told };

describe('outcomeOf', () => {
  it.each([
    ['transient, first', transient, calm, { to: 'scheduled', dueAt: now + 60_000, reason: 'backing_off', failures: 1 }],
    ['transient, second', transient, { ...calm, failures: 1 }, { to: 'scheduled', dueAt: now + 300_000, reason: 'backing_off', failures: 2 }],
    ['transient, third', transient, { ...calm, failures: 2 }, { to: 'scheduled', dueAt: now + 1_800_000, reason: 'backing_off', failures: 3 }],
    ['transient, fourth', transient, { ...calm, failures: 3 }, { to: 'failed' }],
    ['an open intent is looked for once it has settled', transient, { ...calm, openIntent: true }, { to: 'scheduled', dueAt: now + 10_000, reason: 'settling', failures: 1 }],
    ['an open intent at a network that needs no time', transient, { ...calm, openIntent: true, settleMs: 0 }, { to: 'scheduled', dueAt: now + 1_000, reason: 'settling', failures: 1 }],
    ['an open intent nobody can look for', transient, { ...calm, openIntent: true, canLook: false }, { to: 'unconfirmed' }],
    ['an open intent at the end of all tries', transient, { ...calm, openIntent: true, failures: 3 }, { to: 'unconfirmed' }],
    ['auth', auth, calm, { to: 'failed' }],
    ['auth while something may be out', auth, { ...calm, openIntent: true }, { to: 'unconfirmed' }],
    ['rejected', rejected, calm, { to: 'failed' }],
    ['rejected while something may be out', rejected, { ...calm, openIntent: true }, { to: 'unconfirmed' }],
    ['unsettled', unsettled, calm, { to: 'unconfirmed' }],
    ['rate limited costs no failure', limited, { ...calm, failures: 3 }, { to: 'scheduled', dueAt: now + 7_000, reason: 'rate_limited', failures: 3, hold: { scope: 'app', until: now + 7_000 } }],
  ] as const)('%s', (_name, failure, at, outcome) => {
    expect(outcomeOf(failure, at)).toEqual(outcome);
  });

  it('never says failed of what may be out, never waits in the past, and never waits for ever', () => {
    const failures = fc.constantFrom(transient, auth, rejected, unsettled, limited);
    fc.assert(fc.property(failures, fc.nat(6), fc.boolean(), fc.boolean(), fc.nat(60_000), (failure, count, openIntent, canLook, settleMs) => {
      const outcome = outcomeOf(failure, { failures: count, openIntent, canLook, settleMs, now });
      if (openIntent) expect(outcome.to).not.toBe('failed');
      if (outcome.to === 'scheduled') {
        expect(outcome.dueAt).toBeGreaterThan(now);
        expect(failure.kind === 'rate_limited' ? outcome.failures === count : outcome.failures === count + 1 && count < 3).toBe(true);
      }
    }), { numRuns: 20_000 });
  });
});

describe('postStatus', () => {
  const of = (...statuses: (typeof publicationStatuses)[number][]) => statuses.map((status) => ({ status, held: null, reason: null }));
  it.each([
    ['draft', of(), 'draft'],
    ['canceled', of('canceled'), 'canceled'],
    ['scheduled', of('scheduled', 'scheduled'), 'scheduled'],
    ['scheduled', of('scheduled', 'published'), 'publishing'],
    ['scheduled', of('publishing', 'published'), 'publishing'],
    ['scheduled', of('published', 'published'), 'published'],
    ['scheduled', of('published', 'canceled'), 'published'],
    ['scheduled', of('published', 'failed'), 'partly_published'],
    ['scheduled', of('failed', 'canceled'), 'failed'],
    ['scheduled', of('failed', 'scheduled'), 'scheduled'],
    ['scheduled', of('unconfirmed', 'published', 'failed'), 'needs_attention'],
    ['scheduled', of('canceled', 'canceled'), 'canceled'],
    ['draft', of('canceled'), 'draft'],
  ] as const)('%s with %j is %s', (state, publications, status) => {
    expect(postStatus(state, publications)).toBe(status);
  });

  it('is publishing between the parts of a thread', () => {
    expect(postStatus('scheduled', [{ status: 'scheduled', held: null, reason: 'between_parts' }])).toBe('publishing');
  });

  it('asks for a person when something is held', () => {
    expect(postStatus('scheduled', [{ status: 'scheduled', held: 'needs_reconnect', reason: null }])).toBe('needs_attention');
  });
});
