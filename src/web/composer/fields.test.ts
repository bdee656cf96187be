import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ProviderError } from '../../providers/contract.ts';
import { signedUp } from '../../testing/app.ts';
import { readPage } from '../../testing/composing/html.ts';
import { richAnswer } from '../../testing/composing/rich.ts';
import { stage, type Fields, type Stage } from '../../testing/composing/stage.ts';

// What a channel has of its own: options of every kind, formats, and what its network says. Without scripts.

let on: Stage;
let rich: string;
let sandbox: string;
let picture: string;
let video: string;
beforeAll(async () => {
  on = await stage();
  ({ rich, sandbox, picture, video } = on);
});
afterAll(() => on.app.close());
beforeEach(() => on.says(async () => richAnswer));

const base = (more: Fields = {}): Fields => ({ intent: 'draft', 'part.0.text': 'Hello', channel: rich, at: '2026-12-01T10:00', ...more });
const option = (name: string) => `option.${rich}.${name}`;

describe('every kind of field', () => {
  it.each([
    ['text', 'title', 'Sea & "sand"', 'Sea & "sand"'],
    ['textarea', 'note', '\n two\nlines ', '\n two\nlines '],
    ['url', 'link', 'https://example.org/a?b=1&c=2', 'https://example.org/a?b=1&c=2'],
    ['number', 'start', '1,5', 1.5],
    ['datetime', 'opens', '2026-12-24T18:00', '2026-12-24T17:00:00.000Z'],
    ['select', 'audience', 'adults', 'adults'],
    ['select that the network fills', 'privacy', 'SELF', 'SELF'],
    ['checkbox', 'brand', 'on', true],
  ])('%s is kept in a draft and comes back', async (_kind, name, typed, kept) => {
    const { to } = await on.page(base({ [option('format')]: 'reel', [option(name)]: typed }));
    expect((await on.savedAs(to))?.variants[0]?.options[name]).toEqual(kept);
    const again = await on.opened(to);
    expect(again.sent(option(name))).toEqual([name === 'start' ? '1.5' : typed]);
    expect(again.sent(option('format'))).toEqual(['reel']);
  });

  it('image is kept, shown, and cannot be deleted meanwhile', async () => {
    const { to } = await on.page(base({ [option('format')]: 'reel', [option('cover')]: picture }));
    expect((await on.savedAs(to))?.variants[0]?.options['cover']).toBe(picture);
    const again = await on.opened(to);
    expect(again.sent(option('cover'))).toEqual([picture]);
    expect(again.has('img', { src: `/media/${picture}/thumb` })).toBe(true);
    expect(await on.app.deps.store.media.remove(on.workspaceId, picture)).toBe('used');
  });

  it('image can be sent along with the form', async () => {
    const bytes = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } }).png().toBuffer();
    const sent = await on.ada.upload('/posts', [{ name: `${option('cover')}.file`, filename: 'cover.png', bytes }], { ...base({ intent: 'upload', [option('format')]: 'reel' }) } as Record<string, string>);
    expect(readPage(sent.body).sent(option('cover'))).toHaveLength(1);
    const refused = await on.ada.upload('/posts', [{ name: `${option('cover')}.file`, filename: 'cover.png', bytes: Buffer.from('x') }], { ...base({ intent: 'upload' }) } as Record<string, string>);
    expect(refused.statusCode).toBe(422);
    expect(readPage(refused.body).text('id', `problem-${rich}-option-cover`)).toContain('cover.png:');
  });

  it('note is read, its words lead somewhere', async () => {
    const { body, has } = await on.page(base({ intent: 'refresh' }));
    expect(body).toContain('By posting you agree to the <a href="https://rich.test/music" target="_blank" rel="noopener noreferrer">music terms</a> of Rich.');
    expect(has('input', { name: option('terms') })).toBe(false);
  });

  it.each([
    ['text', 'title', 'x'.repeat(21), 'Title takes at most 20 characters.'],
    ['url', 'link', 'example', 'Link: this is not a web address.'],
    ['number', 'start', 'soon', 'Cover at second: this is not a number.'],
    ['datetime', 'opens', '2026-02-30T10:00', 'Opens at: this is not a date and time.'],
    ['select', 'audience', 'pets', 'Rich does not offer this under “Audience”.'],
    ['select that the network fills', 'privacy', 'FRIENDS', 'Rich does not offer this under “Who can see it”.'],
    ['select that must be chosen', 'privacy', '', 'Choose: Who can see it.'],
    ['image', 'cover', '01a2149a-3700-7a97-a80f-0d07c3d1612a', 'Cover: this picture is no longer there.'],
  ])('%s says what is wrong beside it and keeps what was typed', async (_kind, name, typed, message) => {
    const { status, sent, text, control, has } = await on.page(base({ intent: 'schedule', [option('format')]: 'reel', [option('title')]: 'Sea', [option('privacy')]: 'SELF', [option(name)]: typed, 'part.0.media': video }));
    expect(status).toBe(422);
    expect(sent(option(name))).toEqual([typed]);
    expect(text('id', `problem-${rich}-option-${name}`)).toContain(message);
    if (name !== 'cover') expect(control(option(name))).toMatchObject({ 'aria-invalid': 'true', 'aria-describedby': `problem-${rich}-option-${name}` });
    expect(has('a', { href: `#field-${rich}-option-${name}` })).toBe(true);
    expect(sent('tab')).toEqual(['all']);
  });

  it('checks what belongs together', async () => {
    const { status, text } = await on.page(base({ intent: 'schedule', [option('privacy')]: 'SELF', [option('audience')]: 'adults', [option('link')]: 'https://example.org', 'part.0.media': picture }));
    expect([status, text('id', `problem-${rich}-option-link`)]).toEqual([422, 'Rich takes no links for adults.']);
  });

  it('says to those without scripts when a field counts, and marks it for the others', async () => {
    const { body } = await on.page(base({ intent: 'refresh' }));
    expect(body).toContain('Only for: Reel.');
    expect(body).toContain('Counts only while “This is advertising” is ticked.');
    expect(body).toContain('Counts only while “Audience” is “Everyone” and “This is advertising” is ticked.');
    expect(body.match(/data-off/gu)).toHaveLength(5);
    expect((await on.page(base({ intent: 'refresh', [option('format')]: 'reel', [option('brand')]: 'on' }))).body.match(/data-off/gu)).toBeNull();
  });

  it('says what does not go with something else, and greys it for those alone whose browser can bring it back', async () => {
    const alone = await on.page(base({ intent: 'refresh', [option('privacy')]: 'SELF' }));
    expect(alone.control(option('brand'))).not.toHaveProperty('disabled');
    expect(alone.body).toContain('Advertising cannot be for you alone.');
    const brand = await on.page(base({ intent: 'refresh', [option('privacy')]: 'PUBLIC', [option('brand')]: 'on' }));
    expect(brand.body).toContain('Adults: Advertising is for everyone.');
    // What stands against something else stays in sight, to be taken back.
    const both = await on.page(base({ intent: 'refresh', [option('privacy')]: 'SELF', [option('brand')]: 'on' }));
    expect([both.sent(option('brand')), both.text('id', `problem-${rich}-option-brand`)]).toEqual([['on'], 'Advertising cannot be for you alone.']);
  });

  it('tells what the clocks do to a time that was chosen', async () => {
    const { to } = await on.page(base({ intent: 'schedule', [option('privacy')]: 'SELF', [option('opens')]: '2027-03-28T02:30', 'part.0.media': picture }));
    expect((await on.savedAs(to))?.variants[0]?.options['opens']).toBe('2027-03-28T01:30:00.000Z');
    expect((await on.ada.get(to)).body).toContain('Opens at: 02:30 does not exist that day in Europe/Berlin');
    expect((await on.opened(`${to}/edit`)).sent(option('opens'))).toEqual(['2027-03-28T03:30']);
  });
});

describe('formats', () => {
  it('change limits and counters', async () => {
    const feed = await on.page(base({ intent: 'refresh', 'part.0.media': picture }));
    expect([feed.sent(option('format')), feed.text('class', 'counters')]).toEqual([['feed'], '5 of 300']);
    const reel = await on.page(base({ intent: 'refresh', [option('format')]: 'reel', 'part.0.media': picture }));
    expect(reel.body).toContain('Rich takes no pictures here, only video.');
    const story = await on.page(base({ intent: 'refresh', [option('format')]: 'story', 'part.0.media': picture }));
    expect(story.text('class', 'counters')).toBe('no text');
    expect(story.body).toContain('shown-frame tall');
  });
});

describe('what the network says', () => {
  it('stands on the page of a channel that is chosen, and nowhere else', async () => {
    const { body, options, control } = await on.page(base({ intent: 'refresh' }));
    expect(body).toContain('Posting as <strong>Ada of Rich</strong>');
    expect(body).toContain('It takes a few minutes until a video is there.');
    expect(options(option('privacy')).map(({ label, selected }) => [label, selected])).toEqual([['Choose who can see it', true], ['Everybody', false], ['Only me', false]]);
    expect(control(option('comments'))).toHaveProperty('disabled');
    expect(body).toContain('Comments are off in the settings of this account.');
    expect((await on.page({ ...base({ intent: 'refresh' }), channel: sandbox })).body).not.toContain('Posting as');
  });

  it('is asked for by scripts, in the own workspace alone', async () => {
    expect((await on.ada.get(`/posts/composing/${rich}`)).json()).toEqual({ state: 'answered', composing: richAnswer });
    expect((await on.ada.get(`/posts/composing/${sandbox}`)).json()).toEqual({ state: 'nothing' });
    const eve = await signedUp(on.app, 'eve@example.org');
    expect((await eve.get(`/posts/composing/${rich}`)).statusCode).toBe(404);
  });

  it('may be missing: nothing is lost, a draft is saved, and it can be asked again', async () => {
    on.says(async () => { throw new ProviderError({ kind: 'transient', code: '503', message: 'down', reached: true }); });
    const down = await on.page(base({ intent: 'refresh', [option('privacy')]: 'SELF' }));
    expect(down.body).toContain('Rich could not be asked. A draft can be saved all the same.');
    expect(down.sent(option('privacy'))).toEqual(['SELF']);
    expect((await on.page(base({ [option('privacy')]: 'SELF' }))).status).toBe(303);
    on.says(async () => richAnswer);
    expect((await on.page(base({ intent: `ask:${rich}` }))).body).toContain('Posting as <strong>Ada of Rich</strong>');
  });

  it('can forbid everything, for as long as it says so', async () => {
    on.says(async () => ({ ...richAnswer, blocked: 'You have posted enough today.' }));
    const refused = await on.page(base({ intent: 'schedule', [option('privacy')]: 'SELF', 'part.0.media': picture }));
    expect([refused.status, refused.text('id', 'problem-channels')]).toEqual([422, 'Harbour: You have posted enough today.']);
    expect((await on.page(base({ [option('privacy')]: 'SELF' }))).status).toBe(303);
  });

  it('costs what it costs, beside the channel and in its words', async () => {
    on.says(async () => ({ ...richAnswer, costs: { part: 0.01, partWithLink: 0.2, description: 0.005 } }));
    expect((await on.page(base({ intent: 'refresh' }))).body).toMatch(/costs \$0\.01<[\s\S]*This post <strong>costs \$0\.01<\/strong> at Rich/u);
    const dear = await on.page(base({ intent: 'refresh', 'part.0.text': 'See example.org', 'part.0.media': picture, [`alt.${picture}`]: 'A dot' }));
    expect(dear.body).toContain('This post <strong>costs $0.205</strong> at Rich.');
    expect((await on.page(base({ intent: 'refresh', channel: sandbox }))).body).not.toContain('costs $');
  });

  it('narrows the limits', async () => {
    on.says(async () => ({ ...richAnswer, limits: { text: { max: 3 } } }));
    expect((await on.page(base({ intent: 'schedule', [option('privacy')]: 'SELF', 'part.0.media': picture }))).text('id', 'problem-part-0')).toBe('Rich takes 3 characters; this has 5.');
  });
});
