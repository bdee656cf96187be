import { expect } from 'vitest';
import type { Subject } from '../../providers/subject.ts';
import { day } from '../../domain/promise/retention.ts';
import { textsOf, type ConnectedWorld } from './promise-network.ts';

// What holds of every network's connections, for the tests that carry the promise's numbers.

/** The consent page was asked for exactly these, and the privacy page has each with its reason. */
export async function expectAsked({ asked, world }: ConnectedWorld, subject: Subject, scopes: readonly string[]): Promise<void> {
  expect(asked.toSorted()).toEqual([...scopes].toSorted());
  const page = (await world.app.server.inject({ url: '/privacy' })).body;
  const told = new Map((subject.provider.setup?.scopes ?? []).map(({ scope, why }) => [scope, why]));
  for (const scope of scopes) {
    const why = told.get(scope) ?? '';
    expect(why, scope).not.toBe('');
    expect(page, scope).toContain(`<dt><code>${scope}</code></dt><dd>${why.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</dd>`);
  }
}

/** Nothing of these is in a grant, in any file, or in the log. */
export async function expectNowhere({ world, grants }: ConnectedWorld, ...texts: readonly string[]): Promise<void> {
  const opened = JSON.stringify(await grants());
  for (const text of texts) {
    expect(text.length).toBeGreaterThan(3);
    expect(opened).not.toContain(text);
    expect(world.scan(text), text).toEqual([]);
    expect(world.app.logged()).not.toContain(text);
  }
}

/**
 * Tokens are sealed while they are kept, and with the disconnect nothing of them is left in any file; within 30 days the
 * account is not known by anything any more, posts that were published on it included.
 */
export async function expectForgotten(connected: ConnectedWorld): Promise<void> {
  const { world } = connected;
  const secrets = [...new Set((await connected.grants()).flatMap((grant) => Object.entries(flat(grant)).filter(([path]) => /token|jwt|secret|key/iu.test(path)).map(([, text]) => text)))];
  for (const secret of secrets) expect(world.scan(secret), 'a token as it is').toEqual([]);
  const known = [...new Set((await connected.known()).flatMap(textsOf))].filter((text) => text.length > 5 && !plainWords.includes(text));
  expect(known.length).toBeGreaterThan(0);
  for (const text of known) expect(world.scan(text), text).not.toEqual([]);
  const sealed = connected.sealed();
  expect(sealed.length).toBeGreaterThan(0);

  await connected.disconnectAll();
  for (const bytes of sealed) expect(world.scan(bytes), 'a sealed grant').toEqual([]);
  expect(connected.sealed()).toEqual([]);
  world.clock.advance(29 * day + day / 2);
  await world.prune();
  for (const text of known) expect(world.scan(text), text).toEqual([]);
}

/** Handles that are no names. */
const plainWords = ['profile', 'webhook', 'YouTube channel'];

function flat(value: unknown, at = ''): Record<string, string> {
  if (typeof value === 'string') return { [at]: value };
  if (typeof value !== 'object' || value === null) return {};
  return Object.assign({}, ...Object.entries(value).map(([key, one]) => flat(one, `${at}.${key}`))) as Record<string, string>;
}
