import { describe, expect, it } from 'vitest';
import type { Problem } from '../../domain/limits.ts';
import type { Media } from '../../store/media.ts';
import { richAnswer, richProvider } from '../../testing/composing/rich.ts';
import { optionsOf, type OptionsKnown } from './options.ts';

const provider = richProvider();
const file = (id: string, type: Media['type']): Media => ({
  id, workspaceId: 'w', type, bytes: 1, width: 10, height: 10, animated: false, durationMs: null, videoCodec: null, audioCodec: null, frameRate: null, posterAt: null, name: id, alt: '', createdAt: 0,
});
const files = new Map([file('picture', 'image/png'), file('film', 'video/mp4')].map((one) => [one.id, one]));
const open = { ...richAnswer, disabled: {} };

function read(options: Record<string, string>, known: Partial<OptionsKnown> = {}) {
  const problems: Problem[] = [];
  const kept = optionsOf({ channelId: 'c', provider, options: { privacy: 'PUBLIC', ...options } }, { intent: 'schedule', zone: 'Europe/Berlin', composing: open, files, ...known }, problems);
  return { kept, said: problems.map(({ field, message, level }) => `${level ?? 'error'} ${field}: ${message}`) };
}

describe('options that fit', () => {
  it.each([
    ['text', { format: 'reel', title: ' Sea ' }, { title: 'Sea' }],
    ['textarea', { note: ' two\nlines ' }, { note: ' two\nlines ' }],
    ['url', { link: 'https://example.org/a' }, { link: 'https://example.org/a' }],
    ['number', { format: 'reel', title: 'x', start: '1,5' }, { start: 1.5 }],
    ['datetime in summer', { opens: '2026-07-01T12:00' }, { opens: '2026-07-01T10:00:00.000Z' }],
    ['datetime in winter', { opens: '2026-12-01T12:00' }, { opens: '2026-12-01T11:00:00.000Z' }],
    ['datetime as an instant', { opens: '2026-12-01T12:00:00Z' }, { opens: '2026-12-01T12:00:00.000Z' }],
    ['select', { audience: 'adults' }, { audience: 'adults' }],
    ['select where the first counts', {}, { audience: 'all' }],
    ['select that the network fills', { privacy: 'PUBLIC' }, { privacy: 'PUBLIC' }],
    ['checkbox', { comments: 'on' }, { comments: true }],
    ['image', { format: 'reel', title: 'x', cover: 'picture' }, { cover: 'picture' }],
    ['format', { format: 'story' }, { format: 'story' }],
    ['format where the first counts', {}, { format: 'feed' }],
    ['a field that another one opens', { brand: 'on', sponsor: 'Sea Ltd' }, { brand: true, sponsor: 'Sea Ltd' }],
  ])('%s', (_name, options, expected) => {
    const { kept, said } = read(options);
    expect(said).toEqual([]);
    expect(kept).toMatchObject(expected);
  });

  it('leave out what does not apply', () => {
    expect(read({ title: 'of another format', sponsor: 'without a brand' }).kept).toEqual({ format: 'feed', privacy: 'PUBLIC', audience: 'all', comments: false, brand: false });
  });

  it('say what the clocks do to a time', () => {
    expect(read({ opens: '2026-03-29T02:30' })).toMatchObject({ kept: { opens: '2026-03-29T01:30:00.000Z' }, said: [expect.stringMatching(/^warning c\.option\.opens: Opens at: 02:30 does not exist/u)] });
    expect(read({ opens: '2026-10-25T02:30' })).toMatchObject({ kept: { opens: '2026-10-25T00:30:00.000Z' }, said: [expect.stringContaining('comes twice')] });
  });
});

describe('options that do not fit', () => {
  it.each([
    ['text that is missing', { format: 'reel' }, 'error c.option.title: Title is missing.'],
    ['text that is too long', { format: 'reel', title: 'x'.repeat(21) }, 'error c.option.title: Title takes at most 20 characters.'],
    ['url without a scheme', { link: 'example.org' }, 'error c.option.link: Link: this is not a web address. It begins with https://.'],
    ['url that would run', { link: 'javascript:alert(1)' }, 'error c.option.link: Link: this is not a web address. It begins with https://.'],
    ['number', { format: 'reel', title: 'x', start: 'soon' }, 'error c.option.start: Cover at second: this is not a number.'],
    ['number that is too large', { format: 'reel', title: 'x', start: '61' }, 'error c.option.start: Cover at second takes at most 60.'],
    ['datetime', { opens: '2026-02-30T10:00' }, 'error c.option.opens: Opens at: this is not a date and time.'],
    ['select', { audience: 'pets' }, 'error c.option.audience: Rich does not offer this under “Audience”. Choose again.'],
    ['select that must be chosen', { privacy: '' }, 'error c.option.privacy: Choose: Who can see it.'],
    ['select that is no longer offered', { privacy: 'FRIENDS' }, 'error c.option.privacy: Rich does not offer this under “Who can see it”. Choose again.'],
    ['image that is gone', { format: 'reel', title: 'x', cover: 'gone' }, 'error c.option.cover: Cover: this picture is no longer there. Choose another.'],
    ['image that is a video', { format: 'reel', title: 'x', cover: 'film' }, 'error c.option.cover: Cover: this is a video. Choose a picture.'],
    ['format', { format: 'carousel' }, 'error c.option.format: This option cannot be that. Choose another.'],
    ['a field that another one opens', { brand: 'on' }, 'error c.option.sponsor: For whom is missing.'],
  ])('%s', (_name, options, expected) => expect(read(options).said).toEqual([expected]));

  it('are what does not go with something else', () => {
    expect(read({ brand: 'on', sponsor: 'x', privacy: 'SELF' }).said).toEqual(['error c.option.brand: Advertising cannot be for you alone.']);
    expect(read({ brand: 'on', sponsor: 'x', audience: 'adults' }).said).toEqual(['error c.option.audience: Advertising is for everyone.']);
    expect(read({ brand: 'on', sponsor: 'x', privacy: 'SELF' }, { intent: 'draft' })).toMatchObject({ said: [], kept: { brand: true } });
  });

  it('are what the network has switched off, once somebody chose them', () => {
    const composing = { ...richAnswer };
    expect(read({}, { composing })).toMatchObject({ said: [], kept: { comments: false } });
    expect(read({ comments: 'on' }, { composing })).toMatchObject({ said: ['error c.option.comments: Comments are off in the settings of this account.'], kept: { comments: false } });
    expect(read({ privacy: '' }, { composing: { ...richAnswer, disabled: { privacy: 'Not now.' } } }).said).toEqual([]);
  });
});

describe('options of a draft', () => {
  it('may lack everything, and keep what the network would have to confirm', () => {
    expect(read({ format: 'reel', privacy: '' }, { intent: 'draft', composing: null })).toMatchObject({ said: [], kept: { format: 'reel' } });
    expect(read({ privacy: 'FRIENDS' }, { intent: 'draft', composing: null })).toMatchObject({ said: [], kept: { privacy: 'FRIENDS' } });
  });

  it('that the network could not be asked about are taken as they are', () => {
    expect(read({ privacy: 'FRIENDS' }, { composing: null })).toMatchObject({ said: [], kept: { privacy: 'FRIENDS' } });
  });
});
