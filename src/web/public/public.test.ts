import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepText, retention } from '../../domain/promise/retention.ts';
import { providers } from '../../providers/all.ts';
import { setupsOf } from '../../providers/setups.ts';
import { signedUp, testApp, visitor, type TestApp, type Visitor } from '../../testing/app.ts';
import { plainFamily } from '../../testing/family.ts';

let app: TestApp;
let ada: Visitor;
let eve: Visitor;

beforeAll(async () => {
  app = await testApp({}, Date.now, [...providers, ...plainFamily()]);
  ada = await signedUp(app, 'ada@example.org');
  eve = await signedUp(app, 'eve@example.org');
});
afterAll(() => app.close());

/** The words of a page, without its markup. */
async function textOf(visit: Visitor, url: string): Promise<string> {
  const { statusCode, body } = await visit.get(url);
  expect(statusCode, url).toBe(200);
  return body.replaceAll(/<[^>]+>/gu, ' ').replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll(/\s+/gu, ' ');
}

const pages = ['/privacy', '/terms', '/data-deletion'];

describe('before anybody has said who runs the instance', () => {
  it.each(pages)('%s tells the operator what is missing and everybody else something neutral', async (url) => {
    expect(await textOf(ada, url)).toContain('does not say who runs it and contact e-mail yet');
    for (const visit of [eve, visitor(app)]) {
      const text = await textOf(visit, url);
      expect(text).not.toContain('does not say');
      expect(text).not.toContain('undefined');
      expect(text).toMatch(/whoever (?:gave you its address|runs this instance)/u);
    }
  });
});

describe('what the operator says', () => {
  const said = { name: 'Harbour Posts', operator: 'Harbour & "Sons" <script>alert(1)</script>', email: 'privacy@harbour.example', address: 'Quay 1\n20457 Hamburg\nGermany' };

  it.each([
    [{ email: 'not-an-address' }, 'does not look like an e-mail'], [{ operator: 'x'.repeat(201) }, 'can have 200 characters'], [{ name: 'a\u0007b' }, 'cannot be seen'],
    [{ address: 'x\u0007' }, 'cannot be seen'],
  ])('is refused beside its field when it cannot be used: %j', async (wrong, sentence) => {
    const answer = await ada.post('/settings/instance', { ...said, ...wrong });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(sentence);
    for (const typed of Object.values({ ...said, operator: '', ...wrong })) expect(answer.body).toContain(typed);
    expect(await app.deps.store.settings.all()).toEqual([]);
  });

  it('stands on every public page, as text and nothing else', async () => {
    expect((await ada.post('/settings/instance', said)).statusCode).toBe(303);
    for (const url of pages) {
      const { body, headers } = await visitor(app).get(url);
      expect(body, url).toContain('Harbour &amp; &quot;Sons&quot; &lt;script>alert(1)&lt;/script>');
      expect(body, url).not.toContain('<script>');
      expect(body, url).toContain('mailto:privacy@harbour.example');
      expect(body, url).toContain('20457 Hamburg');
      expect(body, url).toContain('In effect since');
      expect(headers['set-cookie'], url).toBeUndefined();
    }
    expect(await textOf(ada, '/privacy')).not.toContain('Only you see this');
  });

  it('gives way to the environment', async () => {
    const other = await testApp({ OPERATOR_NAME: 'The Environment' });
    const grace = await signedUp(other);
    await grace.post('/settings/instance', { ...said, operator: 'Somebody' });
    expect(await textOf(grace, '/privacy')).toContain('The Environment');
    expect((await grace.get('/settings/instance')).body).toMatch(/OPERATOR_NAME<\/code>/u);
    await other.close();
  });
});

describe('the privacy page', () => {
  const facts: [promise: string, words: readonly RegExp[]][] = [
    ['01: account data', [/name, e-mail address, hash of your password Until you delete the account, then purged within 30 days/u]],
    ['02: grants', [/Until you disconnect the channel or delete the account, then purged at once; 30 days at the very most/u]],
    ['03: content and media', [/Drafts, scheduled posts and uploaded media Until published and then 90 days/u]],
    ['04: records of published posts', [/not the content Until you delete the account/u]],
    ['05: bills', [/Bills and invoices 7 years, because the law/u]],
    ['06: logs', [/IP addresses and requests 90 days, rolling/u]],
    ['07: correspondence', [/3 years after the last message, or until you delete the account, whichever is later/u]],
    ['08: aggregates and ends', [/Sums that identify nobody/u, /securely deleted, or made anonymous/u]],
    ['12: ids go with the access', [/at once and within 30 days at the very most; the ids of that account go with it/u]],
    ['18: sealed, renewed, shared with nobody', [/encrypted in the database/u, /renewed by itself so that scheduled posts succeed/u, /shared with nobody/u]],
    ['19: limited use', [/Nothing is used for advertising or sold, and no person reads it unless you allow it or security calls for it/u]],
    ['23: the least of every network', [/the least that publishing needs/u, /Never, from any network: followers, friends, private messages, advertising or audience data/u]],
    ['24: intake by a bot', [/received as content, and the sender’s Telegram user id is linked/u]],
    ['25: cards', [/go from your browser to Stripe directly/u, /never reach this server/u]],
    ['26: kept of payments', [/customer id at Stripe, the subscription with its state and plan, the brand and last four digits of the card, the billing e-mail address, invoices and receipts/u]],
    ['27: passwords, cookies, addresses', [/Passwords are stored as hashes/u, /in a cookie/u, /security, finding faults and planning capacity; never advertising, never sale/u]],
    ['28: mails', [/a post that went out or did not, a new password, receipts, notices/u]],
    ['29: rights', [/see your data, have it corrected, have it deleted, take it with you, have its use restricted, object to a use, and withdraw a consent/u, /show that it is you/u, /within 30 days/u, /complain to a data protection authority/u]],
    ['30: changes', [/mailed to every account and shown in the dashboard at least 14 days before/u, /In effect since \d+ \w+ \d{4}/u]],
    ['31: children, places, breaches', [/under 13, or under 16 where the law says so/u, /deleted as soon as it is known/u, /another country/u, /those concerned and the authorities are told/u]],
  ];
  it.each(facts)('promise %s', async (_promise, words) => {
    const text = await textOf(visitor(app), '/privacy');
    for (const word of words) expect(text).toMatch(word);
  });

  it('promise 09, 15, 20: names everything that each company is asked for, with the reason, from the networks’ own data', async () => {
    const text = await textOf(visitor(app), '/privacy');
    const groups = setupsOf(app.deps.providers);
    expect(groups.length).toBeGreaterThan(1);
    for (const { setup, providers: own } of groups) {
      expect(text).toContain(own.length > 1 ? `${setup.name} (` : own[0]?.name);
      for (const { scope, why } of setup.scopes) expect(text, setup.id).toContain(`${scope} ${why}`);
      for (const kept of setup.privacy?.kept ?? []) expect(text, setup.id).toContain(kept);
      for (const statement of setup.privacy?.statements ?? []) expect(text, setup.id).toContain(statement);
    }
    for (const { name, local } of app.deps.providers.all) expect(text.includes(name), name).toBe(!local);
  });
});

describe('the page on deleting data', () => {
  it('promise 13: says for each network how, and finds a request by its code', async () => {
    const text = await textOf(visitor(app), '/data-deletion');
    for (const { setup } of setupsOf(app.deps.providers)) if (setup.privacy?.revokeAt) expect(text).toContain(setup.privacy.revokeAt.label);
    for (const { name, local } of app.deps.providers.all) if (!local) expect(text).toContain(name);
    expect(text).toContain('The network tells us');
    expect(text).toContain('purged within 30 days');
    const found = await visitor(app).get('/data-deletion?code=%20abc%2F..%2Fx%20');
    expect([found.statusCode, found.headers.location]).toEqual([303, '/data-deletion/abc%2F..%2Fx']);
  });
});

describe('keep-times', () => {
  it('stand in their words, and every class has its own', () => {
    expect(new Set(retention.map(({ id }) => id)).size).toBe(retention.length);
    for (const keeping of retention) {
      expect(keepText(keeping)).not.toMatch(/\{\d\}/u);
      for (const { days } of keeping.ends) if (days > 0) expect(keepText(keeping), keeping.id).toContain(days === 365 ? '1 year' : days % 365 === 0 ? `${days / 365} years` : `${days} days`);
    }
  });
});

describe('the page on processors', () => {
  it('names who sees data as the instance is set up: the mail server and Stripe only where there are such', async () => {
    const bare = await testApp();
    await signedUp(bare);
    const without = (await visitor(bare).get('/processors')).body;
    expect(without).not.toMatch(/Stripe|Carries the mails/u);
    await bare.close();
    const whole = await testApp({ SMTP_URL: 'smtp://ada:a-secret-password@mail.harbour.example:587', STRIPE_SECRET_KEY: 'sk_test_secret', GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'a-client-secret' });
    await signedUp(whole);
    const { body } = await visitor(whole).get('/processors');
    for (const named of ['mail.harbour.example', 'Stripe', 'YouTube', 'Mastodon', 'In effect since']) expect(body).toContain(named);
    for (const secret of ['a-secret-password', 'sk_test_secret', 'a-client-secret', 'Pinterest']) expect(body).not.toContain(secret);
    expect(without).not.toContain('YouTube');
    await whole.close();
  });
});

describe('the front page', () => {
  it('says to whoever is not logged in what this is and where to go, and sets no cookie', async () => {
    const answer = await visitor(app).get('/');
    expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([200, undefined]);
    for (const href of ['/login', '/signup', '/privacy', '/terms', '/contact', '/data-deletion', '/processors']) expect(answer.body, href).toContain(`href="${href}"`);
    const closed = await testApp({ REGISTRATION: 'first' });
    expect((await visitor(closed).get('/')).headers.location).toBe('/signup');
    await signedUp(closed);
    expect((await visitor(closed).get('/')).body).not.toContain('href="/signup"');
    await closed.close();
  });

  it('lets crawlers and reviewers read what is public, and networks fetch media; nothing else', async () => {
    const { body, headers } = await visitor(app).get('/robots.txt');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    const rules = body.split('\n').flatMap((line) => /^(Allow|Disallow): (.+)$/u.exec(line)?.slice(1) ?? []);
    const allowed = (path: string) => {
      // The longest rule that fits wins (RFC 9309 §2.2.2).
      const fits = rules.flatMap((kind, n) => (n % 2 === 0 ? [{ kind, rule: rules[n + 1] ?? '' }] : [])).filter(({ rule }) => (rule.endsWith('$') ? path === rule.slice(0, -1) : path.startsWith(rule)));
      return fits.toSorted((a, b) => b.rule.length - a.rule.length)[0]?.kind !== 'Disallow';
    };
    for (const path of ['/', '/privacy', '/terms', '/processors', '/policy/x', '/data-deletion', '/contact', '/m/x', '/assets/app.css']) expect(allowed(path), path).toBe(true);
    for (const path of ['/posts', '/settings', '/contact/secret', '/data-deletion/code', '/unsubscribe/x/published', '/reset', '/sandbox/x']) expect(allowed(path), path).toBe(false);
  });
});
