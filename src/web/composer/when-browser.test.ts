import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { barriers, hasBrowser, picture } from '../../testing/browser.ts';
import { browserStage, type BrowserStage } from '../../testing/composing/browser.ts';

// Times as people say them, in a real browser: of the post and of options. It is Tuesday, 24 November, nine in Berlin.
describe.skipIf(!hasBrowser)('times in a browser (skipped without /usr/bin/chromium)', () => {
  let at: BrowserStage;
  const wall = () => at.page.locator('input[name="at"]').inputValue();
  const day = () => at.page.getByLabel('When');
  const hour = () => at.page.getByLabel('Time', { exact: true });
  const focused = () => at.page.evaluate(() => document.activeElement?.id);

  beforeAll(async () => { at = await browserStage(); }, 60_000);
  afterAll(() => at?.close());
  beforeEach(async () => {
    at.on.setNow(Date.UTC(2026, 10, 24, 8));
    await at.page.clock.setFixedTime(Date.UTC(2026, 10, 24, 8));
    await at.begin();
  });

  it.each([
    ['tomorrow 9', '2026-11-25T09:00', 'Wed 25 Nov', '09:00'], ['24 dec 18:30', '2026-12-24T18:30', 'Thu 24 Dec', '18:30'],
    ['monday', '2026-11-30T10:00', 'Mon 30 Nov', '10:00'], ['in 2 hours', '2026-11-24T11:00', 'Tue 24 Nov', '11:00'], ['3.1.2027 7:05', '2027-01-03T07:05', 'Sun 3 Jan 2027', '07:05'],
  ])('takes “%s” as a time', async (typed, meant, shownDay, shownHour) => {
    await day().fill(typed);
    await at.page.locator('.when .in-words', { hasText: `${shownDay} ${shownHour} Berlin` }).waitFor();
    await at.page.keyboard.press('Enter');
    expect([await wall(), await day().inputValue(), await hour().inputValue()]).toEqual([meant, shownDay, shownHour]);
    await hour().fill('8:15');
    await hour().blur();
    expect([await wall(), await day().inputValue()]).toEqual([`${meant.slice(0, 11)}08:15`, shownDay]);
  });

  it('keeps what it cannot read as a time, and says how to write it', async () => {
    await at.choose('Sandbox');
    await at.write('Soon');
    await day().fill('when the tide is high');
    await day().blur();
    await at.page.getByText('This is not a date and time. Write it like “24 Nov 9:00” or “tomorrow 9”.').waitFor();
    await at.page.getByRole('button', { name: 'Schedule' }).click();
    await at.page.getByRole('alert').waitFor();
    expect(await day().inputValue()).toBe('when the tide is high');
    await at.page.locator('#problems').getByRole('link', { name: 'Choose a date and time.' }).click();
    expect(await focused()).toBe('field-wall');
    await day().fill('28 mar 2027 2:30');
    await day().blur();
    await at.page.getByText('02:30 does not exist that day in Europe/Berlin: the clocks go forward. It becomes 03:30.').waitFor();
  });

  it('opens a month in which keys go from day to day, with dots where posts are', async () => {
    await at.on.page({ intent: 'schedule', 'part.0.text': 'There already', channel: at.on.sandbox, at: '2026-12-03T10:00' });
    await at.page.getByRole('button', { name: 'Choose a day' }).click();
    expect(await at.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Tuesday 24 November, today');
    await at.page.keyboard.press('PageDown');
    await at.page.getByRole('button', { name: 'Thursday 3 December, 1 post' }).waitFor();
    await picture(at.page, 'writing-days');
    expect(await barriers(at.page)).toEqual([]);
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowRight', 'ArrowRight']) await at.page.keyboard.press(key);
    await at.page.keyboard.press('Enter');
    expect([await wall(), await at.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))]).toEqual(['2026-12-05T10:00', 'Time']);
    await at.page.getByRole('button', { name: 'Choose a day' }).click();
    await at.page.getByRole('button', { name: 'Monday 09:00' }).click();
    expect(await wall()).toBe('2026-11-30T09:00');
  });

  it('takes the time of an option as it takes that of the post, in the zone that stands beside it', async () => {
    await at.choose('Harbour');
    await at.write('Later for everybody');
    await at.openVersion('Harbour');
    const opens = at.page.getByLabel('Opens at Berlin time');
    const sent = () => at.page.locator(`input[name="option.${at.on.rich}.opens"]`).inputValue();
    await opens.fill('tomorrow');
    await at.page.locator('.option .in-words', { hasText: 'Wed 25 Nov 09:00 Berlin' }).waitFor();
    expect(await wall()).toBe('2026-11-24T10:00');
    await at.page.keyboard.press('Tab');
    await at.page.keyboard.press('Tab');
    await at.page.keyboard.type('18:30');
    await at.page.keyboard.press('Tab');
    expect([await sent(), await opens.inputValue(), await at.page.getByLabel('Opens at: time of day').inputValue()]).toEqual(['2026-11-25T18:30', 'Wed 25 Nov', '18:30']);
    await at.page.getByRole('button', { name: 'Opens at: choose a day' }).click();
    expect(await at.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Wednesday 25 November');
    expect(await at.page.getByRole('dialog').getByRole('button', { name: 'Next free minute' }).count()).toBe(0);
    await at.page.keyboard.press('ArrowRight');
    await at.page.keyboard.press('Enter');
    expect([await sent(), await at.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))]).toEqual(['2026-11-26T18:30', 'Opens at: time of day']);
    await picture(at.page, 'writing-option-time');
    expect(await barriers(at.page)).toEqual([]);
    await opens.fill('at high tide');
    await opens.blur();
    await at.page.locator('.option .error', { hasText: 'This is not a date and time.' }).waitFor();
    await at.page.getByRole('button', { name: 'Save draft' }).click();
    await at.page.locator('#problems').getByRole('link', { name: 'Opens at: this is not a date and time.' }).click();
    expect([await opens.inputValue(), await focused()]).toEqual(['at high tide', `field-${at.on.rich}-option-opens`]);
    await opens.fill('24 dec 18:00');
    await at.page.getByRole('button', { name: 'Save draft' }).click();
    await at.page.getByText('Draft saved.').waitFor();
    await at.openVersion('Harbour');
    expect([await opens.inputValue(), await sent()]).toEqual(['Thu 24 Dec', '2026-12-24T18:00']);
    // It may be left out again.
    await opens.fill('');
    await opens.blur();
    expect([await sent(), await at.page.locator('.option .error').count()]).toEqual(['', 0]);
  });

  it('keeps the day while its hour is written anew', async () => {
    await day().fill('24 dec 18:30');
    await day().blur();
    await hour().fill('');
    expect([await wall(), await day().inputValue(), await hour().inputValue()]).toEqual(['2026-12-24T18:30', 'Thu 24 Dec', '']);
    await hour().pressSequentially('7');
    await hour().blur();
    expect(await wall()).toBe('2026-12-24T07:00');
  });

  it('warns while one writes that another post goes out then', async () => {
    await at.on.page({ intent: 'schedule', 'part.0.text': 'The noon ferry', channel: at.on.sandbox, at: '2026-11-25T12:00' });
    await at.choose('Sandbox');
    await at.write('The same hour');
    await day().fill('tomorrow 12:01');
    await day().blur();
    await at.page.locator('#problems').getByText('Another post goes to Sandbox at 12:00.').waitFor();
    await day().fill('tomorrow 15:00');
    await day().blur();
    await expect.poll(() => at.page.getByText('Another post goes').count()).toBe(0);
  });
});
