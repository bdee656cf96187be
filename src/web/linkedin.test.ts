import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberApp, pagesApp, startFakeLinkedin, type FakeLinkedIn } from '../providers/linkedin/fake.ts';
import { barriers, hasBrowser, picture } from '../testing/browser.ts';
import { beginJourney, type Journey } from '../testing/journey.ts';

// The whole program over the strict fake: a profile and a page are connected as a person does, published to, disconnected.
describe.skipIf(!hasBrowser)('LinkedIn (skipped without /usr/bin/chromium)', () => {
  let at: Journey;
  let page: Page;
  let linkedin: FakeLinkedIn;

  beforeAll(async () => {
    linkedin = await startFakeLinkedin();
    at = await beginJourney({ fakes: [linkedin], env: { LINKEDIN_CLIENT_ID: memberApp.id, LINKEDIN_CLIENT_SECRET: memberApp.secret } });
    linkedin.state.redirectUris = ['linkedin', 'linkedin-page'].map((id) => `${at.program.url}/integrations/social/${id}`);
    ({ page } = at);
  }, 60_000);
  afterAll(() => at?.close());

  const connect = async (name: string) => {
    await at.connect(name);
    return (await at.allow('https://www.linkedin.com')).searchParams.get('scope');
  };

  it('is set up for pages on a card of its own', async () => {
    await at.go('/settings/networks/linkedin-page');
    expect(await page.getByText('While it is empty, this counts: LINKEDIN_CLIENT_ID.').count()).toBe(1);
    expect(await page.getByText(`${at.program.url}/integrations/social/linkedin-page`).count()).toBeGreaterThan(0);
    await page.locator('input[name="LINKEDIN_PAGE_CLIENT_ID"]').fill(pagesApp.id);
    await page.locator('input[name="LINKEDIN_PAGE_CLIENT_SECRET"]').fill(pagesApp.secret);
    await page.getByRole('button', { name: 'Save and test' }).click();
    await page.getByText('LinkedIn knows this app.').waitFor();
    await picture(page, '59-linkedin-card');
  });

  it('connects a profile through the consent page, with three scopes', async () => {
    expect(await connect('LinkedIn')).toBe('openid profile w_member_social');
    await page.getByText('LinkedIn is connected.').waitFor();
    await picture(page, '60-linkedin-connected');
  });

  it('connects a page that is picked from those of the member', async () => {
    expect(await connect('LinkedIn Page')).not.toContain('openid');
    await page.getByText('Where to publish').waitFor();
    expect(await page.locator('input[name="target"]').count()).toBe(2);
    await page.getByLabel('Lighthouse').check();
    await picture(page, '61-linkedin-pages');
    await page.getByRole('button', { name: 'Use these' }).click();
    await at.channel('Lighthouse').waitFor();
    expect(await at.channel('Harbour Works').count()).toBe(0);
  });

  it('publishes to both, to the last character', async () => {
    const text = 'Hello (world) #news_1 [see] https://example.org/a_b *now* ~ <3 @all \\o/';
    await at.go('/posts/new');
    await at.write(text);
    await at.choose('Ada Lovelace', 'Lighthouse');
    await at.publishNow();
    await at.published();
    await picture(page, '62-linkedin-published');
    expect(linkedin.ledger.map((entry) => entry.text)).toEqual([text, text]);
    expect([...linkedin.posts.posts.values()].map(({ sent }) => sent.author).sort()).toEqual(['urn:li:organization:5515715', `urn:li:person:${linkedin.state.personId}`]);
    for (const { id } of linkedin.ledger) expect(await page.locator(`a[href="https://www.linkedin.com/feed/update/${id}/"]`).count()).toBe(1);
  }, 60_000);

  it('asks in a poll, with a first comment', async () => {
    await at.go('/posts/new');
    await at.write('Which one?');
    await at.choose('Lighthouse');
    await at.openVersion('Lighthouse');
    await page.getByLabel('Poll', { exact: true }).check();
    await page.getByLabel('Question').fill('Tea or coffee?');
    await page.getByLabel('Choice 1').fill('Tea');
    await at.publishNow();
    await at.problems().getByText('Choice 2 is missing.').waitFor();
    await page.getByLabel('Choice 2').fill('Coffee');
    await page.getByLabel('First comment').fill('Tell us why.');
    expect(await barriers(page)).toEqual([]);
    await picture(page, '63-linkedin-poll');
    await at.publishNow();
    await at.published();
    const asked = [...linkedin.posts.posts.values()].at(-1);
    expect(asked?.sent.content).toMatchObject({ poll: { question: 'Tea or coffee?', options: [{ text: 'Tea' }, { text: 'Coffee' }] } });
    expect(asked?.comments).toMatchObject([{ actor: 'urn:li:organization:5515715', text: 'Tell us why.' }]);
  }, 60_000);

  it('disconnects, and the tokens are revoked at LinkedIn', async () => {
    for (const name of ['Ada Lovelace', 'Lighthouse']) {
      await at.disconnect(name);
      await page.getByText('Disconnected. The access is deleted here').waitFor();
    }
    expect([linkedin.apps.member, linkedin.apps.pages].flatMap((app) => app?.tokens.map(({ revoked }) => revoked))).toEqual([true, true]);
  });

  it('logged no secret on the way', () => {
    const tokens = [linkedin.apps.member, linkedin.apps.pages].flatMap((app) => app?.tokens.map(({ access }) => access) ?? []);
    expect(at.leaked([...tokens, memberApp.secret, pagesApp.secret])).toEqual([]);
  });
});
