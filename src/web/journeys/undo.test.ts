import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wallOf } from '../../domain/time/schedule.ts';
import { hasBrowser, picture } from '../../testing/browser.ts';
import { plusDays, zone } from '../../testing/calendar.ts';
import { beginJourney, type Journey } from '../../testing/journey.ts';

// One post from its scheduling to its end, and each step of it taken back: scheduled, moved by hand, moved by keys, deleted.
describe.skipIf(!hasBrowser)('taken back (skipped without /usr/bin/chromium)', () => {
  let at: Journey;
  /** In the middle of a month, so that the days around it are in sight. */
  const day = `${plusDays(new Date().toISOString().slice(0, 7) + '-28', 20).slice(0, 7)}-15`;
  beforeAll(async () => { at = await beginJourney({ env: { TICK_MS: '60000' } }); }, 60_000);
  afterAll(() => at?.close());

  const post = async () => (await at.store.posts.latest(at.owner.workspaceId, null, null, 1))[0];
  const stands = (state: string, wall: string | null) => expect.poll(async () => {
    const found = await post();
    return [found?.state, found?.at == null ? null : wallOf(found.at, zone)];
  }, { timeout: 5_000 }).toEqual([state, wall]);
  const undo = () => at.page.locator('[data-toast], .toast').getByRole('button', { name: 'Undo' });
  const schedule = async () => {
    await at.write('A walk along the old quay');
    await at.page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await at.page.getByText(/^Scheduled for/u).first().waitFor();
  };

  it('is scheduled, and a draft again', async () => {
    await at.go(`/posts/new?at=${day}T09:10`);
    await schedule();
    await stands('scheduled', `${day}T09:10`);
    await picture(at.page, 'journey-undo-scheduled');
    await undo().click();
    await stands('draft', `${day}T09:10`);
    await at.go(`/posts/${(await post())?.id ?? ''}/edit`);
    await at.page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await undo().waitFor();
    await stands('scheduled', `${day}T09:10`);
  });

  it('is dragged to another day and back, and moved the same way by keys', async () => {
    await at.go(`/calendar?on=${day}`);
    const card = at.page.locator(`[data-post="${(await post())?.id ?? ''}"]`).first();
    const target = at.page.locator(`[data-day="${plusDays(day, 1)}"]`);
    const [from, to] = [await card.boundingBox(), await target.boundingBox()];
    if (!from || !to) throw new Error('not in sight');
    await at.page.mouse.move(from.x + 20, from.y + 10);
    await at.page.mouse.down();
    await at.page.mouse.move(to.x + to.width / 2, to.y + to.height * 0.8, { steps: 8 });
    expect(await at.page.locator('.drag-time').textContent()).toContain('09:10');
    await at.page.mouse.up();
    await stands('scheduled', `${plusDays(day, 1)}T09:10`);
    await picture(at.page, 'journey-undo-moved');
    await undo().click();
    await stands('scheduled', `${day}T09:10`);
    // Where the pointer led, the keys lead too.
    await at.page.locator(`[data-day="${day}"] [data-post]`).first().focus();
    await at.page.keyboard.press('Alt+ArrowRight');
    await stands('scheduled', `${plusDays(day, 1)}T09:10`);
    await undo().focus();
    await at.page.keyboard.press('Enter');
    await stands('scheduled', `${day}T09:10`);
  });

  it('is deleted, and back as it was', async () => {
    const { id = '' } = (await post()) ?? {};
    await at.go(`/posts/${id}`);
    await at.page.getByRole('button', { name: 'Delete' }).click();
    await undo().waitFor();
    expect(await at.store.posts.get(at.owner.workspaceId, id)).toBeUndefined();
    await picture(at.page, 'journey-undo-deleted');
    await undo().click();
    await stands('scheduled', `${day}T09:10`);
  });

  it('complained of nothing', () => expect(at.errors).toEqual([]));
});
