import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakePlatform } from '../../providers/fake/server.ts';
import { subject as bluesky } from '../../providers/bluesky/subject.ts';
import { subject as mastodon } from '../../providers/mastodon/subject.ts';
import { subject as telegram } from '../../providers/telegram/subject.ts';
import type { TelegramFake } from '../../providers/telegram/fake.ts';
import { openSqlite } from '../../store/index.ts';
import { barriers, hasBrowser, picture } from '../../testing/browser.ts';
import { plusDays } from '../../testing/calendar.ts';
import { beginJourney, type Journey } from '../../testing/journey.ts';
import { seedChannel } from '../../testing/world.ts';

// One post for three networks, each with its own word on it, from the writing page to what is really out on the three platforms.
describe.skipIf(!hasBrowser)('one post for three networks (skipped without /usr/bin/chromium)', () => {
  let at: Journey;
  let fakes: Record<'bluesky' | 'mastodon' | 'telegram', FakePlatform>;
  const all = 'The harbour opens at nine';

  beforeAll(async () => {
    const [one, two, three] = await Promise.all([bluesky.start(), mastodon.start(), telegram.start()]);
    fakes = { bluesky: one, mastodon: two, telegram: three };
    at = await beginJourney({ fakes: [one, two, three], env: { TELEGRAM_BOT_TOKEN: (three as TelegramFake).token } });
    for (const [id, subject, fake, name] of [['bluesky', bluesky, one, 'Harbour sky'], ['mastodon', mastodon, two, 'Harbour square'], ['telegram', telegram, three, 'Harbour wire']] as const) {
      const { grant, target } = subject.account(fake);
      await seedChannel(at.store, id, { grant, target: { ...target, name, avatarUrl: null } }, at.owner);
    }
  }, 60_000);
  afterAll(() => at?.close());

  const edited = async (name: string) => ((await at.page.locator('.writing > .tab', { hasText: name }).textContent()) ?? '').includes('edited');

  it('gets words of its own on two, and loses those on one again', async () => {
    await at.go('/posts/new');
    await at.choose('Harbour sky', 'Harbour square', 'Harbour wire');
    await at.write(all);
    for (const [name, network, text] of [['Harbour square', 'Mastodon', 'For the square: at nine'], ['Harbour wire', 'Telegram', 'For the wire: at nine, ring twice']] as const) {
      await at.openVersion(name);
      await at.page.getByRole('button', { name: `Write it differently for ${network}` }).click();
      await at.page.getByLabel(`Text for ${network}`).fill(text);
    }
    expect([await edited('Harbour sky'), await edited('Harbour square'), await edited('Harbour wire')]).toEqual([false, true, true]);
    expect(await barriers(at.page)).toEqual([]);
    await picture(at.page, 'journey-three-edited');
    await at.openVersion('Harbour square');
    await at.page.getByRole('button', { name: /Take the post as it is/u }).click();
    expect([await edited('Harbour square'), await edited('Harbour wire')]).toEqual([false, true]);
  });

  it('is scheduled, and keeps what belongs to whom', async () => {
    const day = plusDays(new Date().toISOString().slice(0, 10), 3);
    await at.page.getByLabel('When').fill(`${day}T09:00`);
    await at.page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await at.page.getByText(/^Scheduled for/u).first().waitFor();
    const [post] = await at.store.posts.latest(at.owner.workspaceId, 'scheduled', null, 1);
    const channels = await at.store.channels.list(at.owner.workspaceId);
    const own = Object.fromEntries((post?.variants ?? []).map(({ channelId, content }) => [channels.find(({ id }) => id === channelId)?.provider, content?.parts[0].text ?? null]));
    expect([post?.content.parts[0].text, post?.wall]).toEqual([all, `${day}T09:00`]);
    expect(own).toEqual({ bluesky: null, mastodon: null, telegram: 'For the wire: at nine, ring twice' });
  });

  it('goes out on each as it was written for it, once', async () => {
    // Its hour has come: all that waiting would do.
    const sqlite = openSqlite(at.file);
    sqlite.prepare("update publications set due_at = ? where status = 'scheduled'").run(Date.now());
    sqlite.close();
    await at.published();
    expect(fakes.bluesky.ledger.map(({ text }) => text)).toEqual([all]);
    expect(fakes.mastodon.ledger.map(({ text }) => text)).toEqual([all]);
    expect(fakes.telegram.ledger.map(({ text }) => text)).toEqual(['For the wire: at nine, ring twice']);
    await picture(at.page, 'journey-three-published');
    expect(at.errors).toEqual([]);
  }, 60_000);
});
