import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../../testing/browser.ts';
import { beginJourney, type Journey } from '../../testing/journey.ts';

describe.skipIf(!hasBrowser)('a form that is sent by an impatient person (skipped without /usr/bin/chromium)', () => {
  let at: Journey;
  beforeAll(async () => { at = await beginJourney(); }, 60_000);
  afterAll(() => at?.close());

  it('is sent once, so that no second key is made which nobody ever sees', async () => {
    const { page } = at;
    await at.go('/settings/keys');
    await page.getByLabel('Name', { exact: true }).fill('Twice');
    const answer = Promise.withResolvers<void>();
    let sent = 0;
    await page.route('**/settings/keys', async (route) => {
      sent += 1;
      await answer.promise;
      await route.continue();
    });
    // Both presses are the page's own: Playwright waits for the page that is on its way. The beacon tells that the second is over.
    const pressed = page.waitForRequest('**/healthz');
    await page.evaluate(() => {
      const button = document.querySelector<HTMLButtonElement>('form[action="/settings/keys"] .button.primary');
      button?.click();
      setTimeout(() => {
        button?.click();
        void fetch('/healthz');
      }, 100);
    });
    await pressed;
    answer.resolve();
    await page.getByRole('button', { name: 'Revoke Twice' }).first().waitFor();
    expect([sent, await page.getByRole('button', { name: 'Revoke Twice' }).count()]).toEqual([1, 1]);
  });
});
