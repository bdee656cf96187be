import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedLabel } from '../../testing/calendar.ts';
import { stage, type Stage } from '../../testing/composing/stage.ts';

// Files in the middle of writing, as browsers without scripts have it: each step is a page, and what was written comes along.

let on: Stage;
beforeAll(async () => { on = await stage(); });
afterAll(() => on.close());

const written = (fields: Record<string, string | string[]>) => on.page({ 'part.0.text': 'A coast', channel: [on.rich, on.sandbox], at: '2026-12-01T10:00', ...fields });

describe('a file from the web', () => {
  it('is asked for on a page of its own, fetched, and stands in the post', async () => {
    const asked = await written({ intent: 'address:part.0.media' });
    expect([asked.sent('url'), asked.sent('target'), asked.sent('part.0.text')]).toEqual([[''], ['part.0.media'], ['A coast']]);
    const back = await written({ intent: 'fetched', target: 'part.0.media', url: 'https://files.test/boat.jpg' });
    const [id = ''] = back.sent('part.0.media');
    expect([back.status, back.body.includes('Describe boat.jpg')]).toEqual([200, true]);
    expect((await on.ada.get(`/media/${id}/thumb`)).statusCode).toBe(200);
  });

  it('that cannot be had is told of beside its address, which comes back', async () => {
    const refused = await written({ intent: 'fetched', target: 'part.0.media', url: 'https://10.0.0.1/boat.jpg' });
    expect([refused.status, refused.sent('url'), refused.sent('part.0.text')]).toEqual([422, ['https://10.0.0.1/boat.jpg'], ['A coast']]);
    expect(refused.text('id', 'problem-url')).toContain('public addresses');
  });
});

describe('a crop by one press', () => {
  it('is for the channel alone where there are others, and for all where there is none', async () => {
    const both = await written({ intent: `crop_now:part.0.media:${on.wide}:0.8-1.91:${on.rich}`, 'part.0.media': on.wide });
    const [own = ''] = both.sent(`own.${on.rich}.part.0.media`);
    expect([both.status, both.sent('part.0.media'), own === on.wide]).toEqual([200, [on.wide], false]);
    const [item] = (await on.ada.get(`/posts/library?id=${own}`)).json<{ items: { facts: { width: number; height: number } }[] }>().items;
    expect((item?.facts.width ?? 0) / (item?.facts.height ?? 1)).toBeCloseTo(1.91, 2);
    const alone = await written({ intent: `crop_now:part.0.media:${on.wide}:0.8-1.91:${on.rich}`, 'part.0.media': on.wide, channel: on.rich });
    expect([alone.sent('part.0.media').includes(on.wide), alone.sent(`own.${on.rich}`)]).toEqual([false, []]);
  });

  it('of what is no picture here changes nothing', async () => {
    const gone = await written({ intent: `crop_now:part.0.media:${on.video}:0.8-1.91:${on.rich}`, 'part.0.media': on.video });
    expect([gone.status, gone.sent('part.0.media')]).toEqual([422, [on.video]]);
  });
});

describe('the library', () => {
  it('is searched by a form, with what was written at hand', async () => {
    const found = await written({ intent: 'library:part.0.media', q: 'wide' });
    expect([found.sent('q'), found.sent('part.0.text'), found.body.includes('wide.jpg'), found.body.includes('boat.jpg')]).toEqual([['wide'], ['A coast'], true, false]);
    expect((await written({ intent: 'library:part.0.media', q: 'no such thing' })).body).toContain('Nothing like this.');
  });

  it('is narrowed by label and kind, and what was chosen before stays chosen', async () => {
    const { store } = on.app.deps;
    const labelId = await seedLabel(store, { userId: '', workspaceId: on.workspaceId }, 'At sea', 'blue');
    await store.mediaLabels.mark(on.workspaceId, [on.picture], labelId, true);
    const found = await written({ intent: 'library:part.0.media', 'pick-label': labelId, 'pick-kind': 'image', pick: on.wide });
    expect([found.sent('pick-label'), found.sent('pick-kind'), found.sent('pick')]).toEqual([[labelId], ['image'], [on.wide]]);
    expect([found.text('class', 'pick'), found.body.includes('boat.jpg')]).toEqual(['wide.jpg', true]);
    expect((await written({ intent: 'library:part.0.media', 'pick-label': labelId, 'pick-kind': 'video' })).body).toContain('Nothing like this.');
    // The labels of the post are its own.
    const other = await written({ intent: 'library:part.0.media', label: labelId });
    expect([other.sent('label'), other.sent('pick-label')]).toEqual([[labelId], ['']]);
    const back = await written({ intent: 'picked', target: 'part.0.media', pick: [on.wide, on.picture] });
    expect(back.sent('part.0.media')).toEqual([on.wide, on.picture]);
  });
});
