import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedPlace } from '../../testing/calendar.ts';
import { stage, type Stage } from '../../testing/composing/stage.ts';

// Several channels by one press, as browsers without scripts have it.

let on: Stage;
let places: string[];
beforeAll(async () => {
  on = await stage();
  const { store } = on.app.deps;
  const userId = (await store.people.userByEmail('ada@example.org'))?.id ?? '';
  places = [];
  for (const name of ['Pier', 'Quay']) places.push((await seedPlace(store, { userId, workspaceId: on.workspaceId }, 'sandbox', name)).channelId);
});
afterAll(() => on.close());

describe('several channels at once', () => {
  const chosen = (channels: readonly string[]) => channels.toSorted();

  it('are all of them, and none when all are chosen', async () => {
    const all = [on.rich, on.sandbox, ...places];
    const intent = (html: string) => /value="(choose:[^"]+)"[^>]*>All channels</u.exec(html)?.[1] ?? '';
    const page = await on.page({ intent: 'refresh', 'part.0.text': 'x' });
    const on4 = await on.page({ intent: intent(page.body), 'part.0.text': 'x' });
    expect(chosen(on4.sent('channel'))).toEqual(chosen(all));
    expect((await on.page({ intent: intent(on4.body), channel: all, 'part.0.text': 'x' })).sent('channel')).toEqual([]);
  });

  it('are those of the last post of whoever writes, once there is one, and not while an old one is edited', async () => {
    expect((await on.ada.get('/posts/new')).body).not.toContain('As last time');
    const { to } = await on.page({ intent: 'draft', 'part.0.text': 'To two', channel: places, at: '2026-12-01T10:00' });
    const { body } = await on.ada.get('/posts/new');
    const intent = /value="(choose:[^"]+)"[^>]*>As last time</u.exec(body)?.[1] ?? '';
    expect(chosen((await on.page({ intent, 'part.0.text': 'x' })).sent('channel'))).toEqual(chosen(places));
    expect((await on.ada.get(to)).body).not.toContain('As last time');
  });
});
