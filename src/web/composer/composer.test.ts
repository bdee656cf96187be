import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signedUp } from '../../testing/app.ts';
import { richAnswer } from '../../testing/composing/rich.ts';
import { stage, type Fields, type Stage } from '../../testing/composing/stage.ts';

// The composer as a browser without scripts has it: versions, buttons, crops, videos.

let on: Stage;
let rich: string;
let sandbox: string;
let picture: string;
let wide: string;
let video: string;
beforeAll(async () => {
  on = await stage();
  ({ rich, sandbox, picture, wide, video } = on);
});
afterAll(() => on.app.close());
beforeEach(() => on.says(async () => richAnswer));

const base = (more: Fields = {}): Fields => ({ intent: 'draft', 'part.0.text': 'Hello', channel: rich, at: '2026-12-01T10:00', ...more });
const option = (name: string) => `option.${rich}.${name}`;

describe('a version of its own', () => {
  const own = (more: Fields): Fields => base({ channel: [rich, sandbox], 'part.0.media': [picture, wide], [`own.${rich}`]: 'on', [`own.${rich}.part.0`]: 'For Rich', ...more });

  it('leaves files out and has them in another order', async () => {
    const { to } = await on.page(own({ [`own.${rich}.part.0.order`]: [wide, picture], [`own.${rich}.part.0.media`]: [wide, picture] }));
    const variants = (await on.savedAs(to))?.variants ?? [];
    const mediaOf = (channelId: string) => variants.find((variant) => variant.channelId === channelId)?.content?.parts[0]?.media.map(({ mediaId }) => mediaId);
    expect([mediaOf(rich), mediaOf(sandbox)]).toEqual([[wide, picture], undefined]);
    const left = await on.page(own({ version: '1', [`own.${rich}.part.0.order`]: [wide, picture], [`own.${rich}.part.0.media`]: [picture] }), to.replace('/edit', ''));
    expect((await on.savedAs(left.to))?.variants.find(({ channelId }) => channelId === rich)?.content?.parts[0]).toMatchObject({ text: 'For Rich', media: [{ mediaId: picture }] });
    const again = await on.opened(left.to);
    expect([again.sent(`own.${rich}.part.0.order`), again.sent(`own.${rich}.part.0.media`)]).toEqual([[picture, wide], [picture]]);
  });

  it('is begun, ordered and given up by buttons', async () => {
    const begun = await on.page(base({ intent: `own_on:${rich}`, channel: [rich, sandbox], 'part.0.media': [picture, wide] }));
    expect([begun.sent(`own.${rich}.part.0`), begun.sent(`own.${rich}.part.0.media`), begun.sent('tab')]).toEqual([['Hello'], [picture, wide], [rich]]);
    const moved = await on.page(own({ intent: `down:${rich}.part.0.media:${picture}`, [`own.${rich}.part.0.order`]: [picture, wide], [`own.${rich}.part.0.media`]: [picture, wide] }));
    expect([moved.sent(`own.${rich}.part.0.order`), moved.sent('part.0.media')]).toEqual([[wide, picture], [picture, wide]]);
    expect((await on.page(own({ intent: `own_off:${rich}` }))).sent(`own.${rich}`)).toEqual([]);
  });

  it('is marked, and its problems are its own', async () => {
    const { body, text } = await on.page(own({ intent: 'schedule', [option('privacy')]: 'SELF', [`own.${rich}.part.0`]: 'x'.repeat(301), [`own.${rich}.part.0.order`]: [picture, wide], [`own.${rich}.part.0.media`]: [picture] }));
    expect(text('for', `tab-${rich}`)).toMatch(/Harbour edited 1 problem/u);
    expect(text('id', `problem-${rich}-part-0`)).toBe('Rich takes 300 characters; this has 301.');
    expect(text('id', 'problem-part-0')).toBe('');
    expect(body).toContain(`href="#field-${rich}-part-0"`);
  });

  it('comes back when its channel was switched off meanwhile', async () => {
    const { sent } = await on.page({ ...own({ intent: 'refresh', [option('link')]: 'https://example.org', [`own.${rich}.part.0.order`]: [wide, picture], [`own.${rich}.part.0.media`]: [wide] }), channel: sandbox });
    expect([sent(`own.${rich}.part.0`), sent(`own.${rich}.part.0.order`), sent(`own.${rich}.part.0.media`), sent(option('link'))]).toEqual([['For Rich'], [wide, picture], [wide], ['https://example.org']]);
  });
});

describe('a page that was opened before the workspace changed its zone', () => {
  it('sends nothing at an hour that nobody meant, and shows the hour as it is now', async () => {
    const form = base({ channel: sandbox, intent: 'schedule', zone: 'America/New_York' });
    const refused = await on.page(form);
    expect([refused.status, refused.text('id', 'problem-wall'), refused.sent('at'), refused.sent('zone')])
      .toEqual([422, 'The time zone of this workspace was changed to Berlin meanwhile. Look at the time, then send it again.', ['2026-12-01T10:00'], ['Europe/Berlin']]);
    expect((await on.page({ ...form, zone: refused.sent('zone') })).status).toBe(303);
  });
});

describe('a thread that takes its time', () => {
  const thread = (wait: string, more: Fields = {}): Fields => base({ channel: sandbox, 'part.1.text': 'And then', 'part.1.wait': wait, ...more });

  it('keeps how long a part waits, and shows it again', async () => {
    const { to } = await on.page(thread('15', { intent: 'schedule' }));
    expect((await on.savedAs(to))?.content.parts.map(({ waitMinutes }) => waitMinutes)).toEqual([undefined, 15]);
    expect((await on.opened(`${to}/edit`)).sent('part.1.wait')).toEqual(['15']);
  });

  it.each([['-1', 'Say whole minutes, or leave it empty.'], ['soon', 'Say whole minutes, or leave it empty.'], ['2.5', 'Say whole minutes, or leave it empty.'], ['1201', 'A thread can wait 20 hours in all. Make the later parts a post of their own.']])('says what is wrong with %s, and gives it back', async (wait, message) => {
    const { status, sent, text } = await on.page(thread(wait, { intent: 'schedule' }));
    expect([status, sent('part.1.wait'), text('id', 'problem-part-1-wait')]).toEqual([422, [wait], message]);
  });

  it('keeps the waits of a version of its own', async () => {
    const { to } = await on.page(thread('15', { [`own.${sandbox}`]: 'on', [`own.${sandbox}.part.0`]: 'Mine', [`own.${sandbox}.part.1`]: 'Mine too' }));
    expect((await on.savedAs(to))?.variants[0]?.content?.parts.map(({ text, waitMinutes }) => [text, waitMinutes])).toEqual([['Mine', undefined], ['Mine too', 15]]);
  });
});

describe('buttons without scripts', () => {
  it('choose from the library and come back with everything', async () => {
    const library = await on.page(base({ intent: 'library:part.0.media', [option('note')]: 'kept', [`alt.${picture}`]: 'A boat', 'part.0.media': picture }));
    expect(library.has('input', { type: 'checkbox', name: 'pick', value: wide })).toBe(true);
    expect([library.sent('part.0.text'), library.sent(option('note')), library.sent('channel')]).toEqual([['Hello'], ['kept'], [rich]]);
    const back = await on.page(base({ intent: 'picked', target: 'part.0.media', pick: [wide, video], 'part.0.media': picture }));
    expect(back.sent('part.0.media')).toEqual([picture, wide, video]);
    const forOption = await on.page(base({ intent: `library:${rich}.option.cover` }));
    expect([forOption.has('input', { type: 'radio', value: picture }), forOption.has('input', { value: video })]).toEqual([true, false]);
    expect((await on.page(base({ intent: 'picked', target: `${rich}.option.cover`, pick: picture }))).sent(option('cover'))).toEqual([picture]);
  });

  it('move and remove files', async () => {
    const moved = await on.page(base({ intent: `up:part.0.media:${wide}`, 'part.0.media': [picture, wide] }));
    expect(moved.sent('part.0.media')).toEqual([wide, picture]);
    expect((await on.page(base({ intent: `remove_media:part.0.media:${wide}`, 'part.0.media': [picture, wide] }))).sent('part.0.media')).toEqual([picture]);
  });

  it('give the next minute that is free', async () => {
    on.setNow(Date.UTC(2026, 10, 30, 8, 0, 30));
    for (const at of ['2026-11-30T09:02', '2026-11-30T09:03']) await on.page({ ...base({ intent: 'schedule', at }), channel: sandbox });
    expect((await on.page(base({ intent: 'next_free' }))).sent('at')).toEqual(['2026-11-30T09:04']);
    expect((await on.ada.get('/posts/next-free')).json()).toEqual({ wall: '2026-11-30T09:04' });
  });

  it('change nothing when Enter is pressed', async () => {
    const first = /<button[^>]*name="intent"[^>]*value="(\w+)"/u.exec((await on.ada.get('/posts/new')).body)?.[1];
    const before = await on.app.deps.store.posts.latest(on.workspaceId, null, null, 100);
    const { status, sent } = await on.page(base({ intent: first ?? '' }));
    expect([first, status, sent('part.0.text')]).toEqual(['refresh', 200, ['Hello']]);
    expect(await on.app.deps.store.posts.latest(on.workspaceId, null, null, 100)).toHaveLength(before.length);
  });

  it('keep a line break at the very beginning', async () => {
    expect((await on.page(base({ intent: 'refresh', 'part.0.text': '\n\nHello' }))).sent('part.0.text')).toEqual(['\n\nHello']);
  });
});

describe('a picture of the wrong shape', () => {
  const shapes = '0.8-1.91';

  it('is offered to be cropped, for one channel or for all, and never by itself', async () => {
    const { body } = await on.page(base({ intent: 'schedule', channel: [rich, sandbox], [option('privacy')]: 'SELF', 'part.0.media': wide }));
    expect(body).toContain('The picture is too wide for Rich, which takes 4:5 to 1.91:1. Crop it.');
    const button = /value="(crop:[^"]+)"/u.exec(body)?.[1] ?? '';
    expect(button).toBe(`crop:part.0.media:${wide}:${shapes}:${rich}`);
    const crop = await on.page(base({ intent: button, channel: [rich, sandbox], 'part.0.media': wide, [option('note')]: 'kept' }));
    expect([crop.sent('ratio'), crop.sent('crop.where'), crop.sent(option('note'))]).toEqual([['1.91000'], [rich], ['kept']]);
    expect(crop.has('svg', { viewbox: '218 0 764 400' })).toBe(true);
  });

  it.each([['one channel', () => rich], ['all', () => 'all']])('is replaced by the piece for %s', async (_name, where) => {
    const fields = base({ intent: 'cropped', channel: [rich, sandbox], 'part.0.media': wide, [`alt.${wide}`]: 'A coast', 'crop.target': 'part.0.media', 'crop.media': wide, 'crop.for': shapes, ratio: '1.00000', place: '0', 'crop.where': where() });
    const done = await on.page(fields);
    const alone = where() === rich;
    const [fresh = ''] = alone ? done.sent(`own.${rich}.part.0.media`) : done.sent('part.0.media');
    expect(fresh).not.toBe(wide);
    expect(await on.app.deps.store.media.get(on.workspaceId, fresh)).toMatchObject({ width: 400, height: 400, name: 'wide (cropped).jpg' });
    expect(done.sent('part.0.media')).toEqual([alone ? wide : fresh]);
    expect(done.sent(`alt.${fresh}`)).toEqual(['A coast']);
    expect(done.body).not.toContain('is too wide for Rich');
  });

  it('is cropped on its own, by choices or by pixels', async () => {
    const alone = await on.opened(`/media/${wide}/crop?for=1-1`);
    expect(alone.sent('ratio')).toEqual(['1.00000']);
    expect((await on.ada.post(`/media/${wide}/crop`, { for: '1-1', ratio: '1.00000', place: '1' })).headers.location).toBe('/media');
    const exact = await on.ada.post(`/media/${wide}/crop`, { x: '10', y: '0', width: '300', height: '200' }, { accept: 'application/json' });
    expect(exact.json()).toMatchObject({ item: { facts: { kind: 'image', width: 300, height: 200 } } });
  });

  it.each([
    ['beyond its edge', { x: '1000', y: '0', width: '300', height: '200' }],
    ['of nothing', { x: '0', y: '0', width: '0', height: '0' }],
    ['that is no number', { x: 'a', y: '0', width: '5', height: '5' }],
    ['of a shape that was not offered', { for: '1-1', ratio: '3.00000' }],
  ])('is refused a piece %s', async (_name, fields) => {
    const refused = await on.ada.post(`/media/${wide}/crop`, fields, { accept: 'application/json' });
    expect([refused.statusCode, refused.json<{ problems: unknown[] }>().problems.length]).toEqual([422, 1]);
  });

  it('is not a video, and not somebody else’s', async () => {
    expect((await on.ada.get(`/media/${video}/crop`)).statusCode).toBe(404);
    const eve = await signedUp(on.app, 'eve2@example.org');
    expect((await eve.post(`/media/${wide}/crop`, { x: '0', y: '0', width: '5', height: '5' })).statusCode).toBe(404);
    expect((await eve.get(`/posts/library?id=${wide}`)).json()).toEqual({ items: [], next: null });
  });
});

describe('videos', () => {
  it('have a tile with their length, and a player wherever the post is shown', async () => {
    const composed = await on.page(base({ intent: 'refresh', 'part.0.media': video }));
    expect([composed.has('video', { src: `/media/${video}` }), composed.text('class', 'length')]).toEqual([true, '15 s']);
    const saved = await on.page({ ...base({ intent: 'schedule', 'part.0.media': [video, picture], [`alt.${video}`]: 'A wave' }), channel: sandbox });
    const post = await on.opened(saved.to);
    expect(post.has('video', { src: `/media/${video}`, preload: 'metadata', 'aria-label': 'A wave' })).toBe(true);
    await on.app.deps.store.local.put(on.workspaceId, { key: 'k', channelId: sandbox, at: on.now(), parts: [{ text: 'x', media: [{ mediaId: video, alt: '' }, { mediaId: picture, alt: '' }] }] });
    const local = await on.opened(`/sandbox/${sandbox}`);
    expect([local.has('video', { src: `/media/${video}` }), local.has('img', { src: `/media/${picture}` }), local.has('img', { src: `/media/${video}` })]).toEqual([true, true, false]);
  });
});
