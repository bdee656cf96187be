import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderToString } from 'preact-render-to-string';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../domain/failure.ts';
import { publicationStatuses, type HeldReason, type Publication } from '../../domain/publication.ts';
import { remedyOf } from '../../domain/posts/remedy.ts';
import { atLeast, roles, type Role } from '../../domain/role.ts';
import type { ErrorTable } from '../../providers/http.ts';
import type { Channel } from '../../store/channels.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { start } from '../../testing/world.ts';
import { RoleHere } from '../frame/role.tsx';
import type { View } from '../page.tsx';
import type { Policy } from '../policy.ts';
import { PublicationCard } from './publication-card.tsx';

// Whatever can become of a publication: the card says what it is in a sentence, and offers one thing to do that there is.

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const publication: Publication = {
  id: 'p', workspaceId: 'w', postId: 'o', channelId: 'c', provider: 'sandbox', status: 'failed', scheduledFor: start, dueAt: start, reason: null, held: null,
  failures: 0, remoteId: null, url: null, publishedAt: null, failure: null, begun: true,
};
const channel = {
  id: 'c', name: 'Harbour', handle: '@harbour', provider: 'sandbox', connectionId: 'k', disconnectedAlone: false, removedAt: null, pausedAt: null, url: 'https://example.org/harbour', connectionStatus: 'active',
} as Channel;

function card(of: Partial<Publication>, on: Partial<Channel> | null, role: Role, contentDeleted = false): string {
  const page = { csrf: 'x', now: start + 1_000, workspace: { zone: 'UTC' } } as View;
  return renderToString(
    <RoleHere.Provider value={role}>
      <PublicationCard publication={{ ...publication, ...of }} channel={on === null ? undefined : { ...channel, ...on }} providers={app.deps.providers} journal={undefined} parts={1} contentDeleted={contentDeleted} page={page} problems={[]} />
    </RoleHere.Provider>);
}

const words = (html: string) => html.replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ');

/** The primary button as a route: `GET /path` or `POST /path`. */
function primaries(html: string): string[] {
  const links = [...html.matchAll(/<a class="button primary[^"]*" href="([^"]*)"/gu)].map(([, href = '']) => `GET ${href.split('?')[0] ?? ''}`);
  const forms = [...html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>(?:(?!<\/form>).)*<button class="button primary/gu)].map(([, action]) => `POST ${action ?? ''}`);
  return [...links, ...forms];
}

function policyOf(route: string): Policy | undefined {
  const [method, path = ''] = route.split(' ');
  const fits = (url: string) => new RegExp(`^${url.replaceAll(/:\w+/gu, '[^/]+')}$`, 'u').test(path);
  return app.server.routeTable.filter((one) => one.method === method).sort((a, b) => a.url.split(':').length - b.url.split(':').length).find(({ url }) => fits(url))?.policy;
}

function mayUse(policy: Policy | undefined, role: Role): boolean {
  return policy === 'signed_in' || policy === 'public' || (typeof policy === 'object' && 'member' in policy && atLeast(role, policy.member));
}

function expectOne(html: string, role: Role, about: string) {
  const found = primaries(html);
  expect(found.length, `${about}, ${role}: ${found.join(', ')}`).toBe(1);
  expect(mayUse(policyOf(found[0] ?? ''), role), `${about}: a ${role} at ${found[0]}`).toBe(true);
}

const told = { code: 'x', message: 'The network said so.' };
const failures: Record<string, Failure | null> = {
  nothing: null,
  transient: { kind: 'transient', ...told, reached: true },
  rate_limited: { kind: 'rate_limited', ...told, retryAt: start, scope: 'channel' },
  auth: { kind: 'auth', ...told },
  rejected: { kind: 'rejected', ...told, fix: 'Shorten it.' },
  'rejected, to be tried again': { kind: 'rejected', ...told, fix: 'Try again.', act: 'retry' },
  'rejected, to be reconnected': { kind: 'rejected', ...told, fix: 'Connect again.', act: 'reconnect' },
  unsettled: { kind: 'unsettled', ...told },
};
const standings = ['active', 'expiring', 'needs_reconnect', 'revoked'] as const;

describe('what failed or is in doubt', () => {
  it.each(Object.keys(failures))('has one thing to do (%s)', (name) => {
    const failure = failures[name] ?? null;
    for (const status of ['failed', 'unconfirmed'] as const) {
      for (const connectionStatus of [...standings, null]) {
        for (const contentDeleted of [true, false]) {
          for (const role of roles) {
            const html = card({ status, failure }, connectionStatus && { connectionStatus }, role, contentDeleted);
            expectOne(html, role, `${status}, ${connectionStatus}, deleted: ${contentDeleted}`);
            expect(words(html)).toMatch(status === 'failed' ? /Not published/u : /Unconfirmed: it may be out/u);
            if (failure) expect(words(html)).toContain('The network said so.');
          }
        }
      }
    }
  });

  it.each([
    ['auth', 'needs_reconnect', 'POST /channels/connect/sandbox'], ['auth', 'active', 'POST /publications/p/retry'], ['transient', 'active', 'POST /publications/p/retry'],
    ['transient', 'revoked', 'POST /channels/connect/sandbox'], ['rejected', 'active', 'GET /posts/new'], ['rejected, to be tried again', 'active', 'POST /publications/p/retry'],
    ['rejected, to be reconnected', 'active', 'POST /channels/connect/sandbox'],
  ] as const)('is mended where it can be (%s on a channel that is %s)', (name, connectionStatus, route) => {
    expect(primaries(card({ failure: failures[name] ?? null }, { connectionStatus }, 'owner'))).toEqual([route]);
  });

  it('is looked for at the network before anybody decides', () => {
    const html = card({ status: 'unconfirmed' }, {}, 'editor');
    expect(html).toContain('href="https://example.org/harbour"');
    expect(words(html)).toMatch(/Check on Sandbox .* It is there It is not there: publish again Drop it/u);
  });

  it('is not offered to be sent again where there is no channel to send it to', () => {
    expect(words(card({ status: 'unconfirmed' }, { removedAt: 1 }, 'editor'))).toMatch(/It is there Drop it/u);
  });

  it('comes back here from the network', () => {
    expect(card({ failure: failures['auth'] ?? null }, { connectionStatus: 'needs_reconnect' }, 'owner')).toMatch(/name="reconnect" value="k".*name="back" value="\/posts\/o"/u);
  });
});

describe('what waits', () => {
  it.each<[HeldReason, string]>([
    ['needs_reconnect', 'POST /channels/connect/sandbox'], ['disconnected', 'POST /channels/connect/sandbox'], ['paused', 'POST /channels/c/resume'],
    ['frozen', 'GET /settings/privacy'], ['unpaid', 'GET /settings/billing'],
  ])('for a person says how to let it go (%s)', (held, route) => {
    for (const role of roles) {
      const html = card({ status: 'scheduled', held }, {}, role);
      expectOne(html, role, held);
      expect(words(html)).toContain('Held: ');
    }
    expect(primaries(card({ status: 'scheduled', held }, {}, 'owner'))).toEqual([route]);
  });

  it('by itself asks for nothing, and neither does what has ended', () => {
    for (const reason of ['backing_off', 'rate_limited', 'waiting_for_network', 'between_parts', 'settling', 'resumed', null] as const) {
      expect(primaries(card({ status: 'scheduled', reason, failure: failures['transient'] ?? null }, {}, 'owner'))).toEqual([]);
    }
    for (const status of publicationStatuses.filter((one) => !['scheduled', 'failed', 'unconfirmed'].includes(one))) expect(primaries(card({ status }, {}, 'owner'))).toEqual([]);
  });
});

describe('the tables of the networks', async () => {
  const folder = join(import.meta.dirname, '../../providers');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /(?:^|\/)errors\.ts$/u.test(path)).sort();
  const tables = await Promise.all(paths.map(async (path) => ({ path, exports: Object.values(await import(pathToFileURL(join(folder, path)).href) as object) as unknown[] })));
  const isTable = (one: unknown): one is ErrorTable => typeof one === 'object' && one !== null && 'rules' in one && Array.isArray(one.rules);
  const rules = tables.flatMap(({ path, exports }) => exports.filter(isTable).flatMap((table) => table.rules.map((rule) => ({ path, rule }))));

  it('are all looked at', () => {
    expect(new Set(rules.map(({ path }) => path.split('/')[0])).size).toBeGreaterThan(8);
  });

  it('say each failure in a sentence, with one thing to do', () => {
    for (const { path, rule } of rules) {
      const about = `${path}: ${rule.code ?? String(rule.status)} ${rule.message ?? ''}`;
      // Without words of ours the network's own are shown.
      if (rule.message !== undefined) expect(rule.message, about).toMatch(/^\p{Lu}.*[.…]$/u);
      if (rule.fix !== undefined) expect(rule.fix, about).toMatch(/^\p{Lu}.*\.$/u);
      if (rule.kind === 'rejected' && rule.message !== undefined) expect(rule.fix, about).toBeDefined();
      if (rule.kind !== 'rejected') continue;
      const failure: Failure = { kind: 'rejected', code: 'x', message: rule.message ?? 'x', fix: rule.fix ?? '', ...(rule.act && { act: rule.act }) };
      const remedy = remedyOf({ status: 'failed', held: null, failure }, { standing: 'active', contentDeleted: false });
      // What only somebody else can mend is sent as it is afterwards: nothing of the post is to be changed.
      if (/^(?:Whoever runs|Ask whoever runs|This is a defect)/u.test(rule.fix ?? '') && !/connect/iu.test(rule.fix ?? '')) expect(remedy, about).toBe('retry');
      expect(['edit', 'retry', 'reconnect'], about).toContain(remedy);
    }
  });
});
