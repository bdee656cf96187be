import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../domain/limits.ts';
import { newId } from '../../../lib/ids.ts';
import { richProvider } from '../../../testing/composing/rich.ts';
import { countsOf, isOwn, liveProblems, problemsOf, withoutLive, withoutMended } from './check.ts';
import type { ComposerState } from './data.ts';
import { newDraft, ownFrom, type Draft } from './draft.ts';

const [rich, other, picture] = Array.from({ length: 3 }, () => newId(1)) as [string, string, string];

function stateOf(change: Partial<Draft>, more: Partial<ComposerState> = {}): ComposerState {
  const { capabilities, fields } = richProvider();
  const channel = (id: string, name: string) => ({ id, name, handle: '', provider: 'rich', network: 'Rich', standing: 'active' as const, pictured: false, capabilities, limits: {}, fields, mentions: false, asks: true });
  return {
    draft: { ...newDraft([rich], '', 'UTC'), ...change }, asked: {}, told: [], refused: null, uploads: [], live: false, autosave: 'a', typed: false, kept: null, held: false, typing: null, shift: null, links: {},
    data: {
      csrf: '', owner: '', labels: [], sets: [], channels: [channel(rich, 'One'), channel(other, 'Two')],
      media: { [picture]: { name: 'p.jpg', facts: { kind: 'image', mediaId: picture, alt: 'A boat', type: 'image/jpeg', bytes: 1, width: 500, height: 400, animated: false } } },
    },
    ...more,
  };
}
const said = (problems: readonly Problem[]) => problems.map(({ field, message }) => `${field}: ${message}`);
const long = [{ text: 'x'.repeat(301), media: [picture] }];

describe('what is told at every keystroke', () => {
  it('is nothing while nothing is written', () => expect(liveProblems(stateOf({}))).toEqual([]));

  it('is what a channel that is chosen would refuse', () => {
    expect(liveProblems(stateOf({ parts: long }))).toEqual([{ field: 'part.0', channelId: rich, message: 'Rich takes 300 characters; this has 301.' }]);
    expect(liveProblems(stateOf({ parts: long, channelIds: [] }))).toEqual([]);
    expect(said(liveProblems(stateOf({ parts: [{ text: 'x', media: [] }] })))).toEqual(['part.0.media: Rich needs a picture or a video here.']);
  });

  it('goes by the format, by what the network says, and by the description in the library until there is another', () => {
    expect(said(liveProblems(stateOf({ parts: [{ text: '', media: [picture] }], options: { [rich]: { format: 'reel' } } })))).toEqual(['part.0.media: Rich takes no pictures here, only video.']);
    const asked: ComposerState['asked'] = { [rich]: { state: 'answered', composing: { blocked: 'Enough for today.', limits: { text: { max: 2 } } } } };
    expect(said(liveProblems(stateOf({ parts: [{ text: 'abc', media: [picture] }] }, { asked })))).toEqual(['part.0: Rich takes 2 characters; this has 3.', 'channels: One: Enough for today.']);
    expect(said(liveProblems(stateOf({ parts: [{ text: 'a', media: [picture] }], alts: { [picture]: '' } })))).toEqual(['part.0.alt.0: Picture 1 has no description. People who cannot see it will miss it.']);
  });

  it('is what does not go with something else that is chosen', () => {
    const options = (more: Record<string, string>) => said(liveProblems(stateOf({ options: { [rich]: { brand: 'on', ...more } } })));
    expect(options({ privacy: 'PUBLIC' })).toEqual([]);
    expect(options({ privacy: 'SELF' })).toEqual([`${rich}.option.brand: Advertising cannot be for you alone.`]);
    expect(options({ audience: 'adults' })).toEqual([`${rich}.option.audience: Advertising is for everyone.`]);
  });

  it('is of a version of its own only where that differs', () => {
    const same = stateOf({ parts: long, own: { [rich]: ownFrom(long) } });
    expect([isOwn(same.draft, rich), said(liveProblems(same))]).toEqual([false, ['part.0: Rich takes 300 characters; this has 301.']]);
    const shorter = stateOf({ parts: long, own: { [rich]: ownFrom([{ text: 'short', media: [picture] }]) } });
    expect([isOwn(shorter.draft, rich), liveProblems(shorter)]).toEqual([true, []]);
    expect(said(liveProblems(stateOf({ parts: long, own: { [rich]: ownFrom([{ text: 'x'.repeat(302), media: [picture] }]) } })))).toEqual([`${rich}.part.0: Rich takes 300 characters; this has 302.`]);
  });
});

describe('what the server told', () => {
  const title: Problem = { field: `${rich}.option.title`, channelId: rich, message: 'Title is missing.' };
  const wall: Problem = { field: 'wall', message: 'This time is past.' };
  const length: Problem = { field: 'part.0', channelId: rich, message: 'Rich takes 300 characters; this has 301.' };

  it('stands beside what is told live, the same thing once', () => {
    expect(said(problemsOf(stateOf({ parts: long }, { told: [title, length] })))).toEqual([said([title])[0], said([length])[0]]);
  });

  it('leaves to the live checks what they tell as well, so that it can go away', () => {
    expect(withoutLive([title, length], stateOf({ parts: long }))).toEqual([title]);
  });

  it.each([
    ['the field that it is about', `option.${rich}.title`, [wall]],
    ['another field', `option.${rich}.note`, [title, wall]],
    ['the same field of another channel', `option.${other}.title`, [title, wall]],
    ['the format, which has other fields', `option.${rich}.format`, [wall]],
    ['the time', 'at', [title]],
    ['a description', `alt.${picture}`, [title, wall]],
  ])('goes when somebody touches %s', (_name, name, left) => expect(withoutMended([title, wall], name)).toEqual(left));

  it('of a text goes with its own version alone', () => {
    const own: Problem = { field: `${rich}.part.1`, channelId: rich, message: 'x' };
    const all: Problem = { field: 'part.1.media', message: 'y' };
    expect(withoutMended([own, all], `own.${rich}.part.1`)).toEqual([all]);
    expect(withoutMended([own, all], 'part.1.text')).toEqual([own]);
    expect(withoutMended([own, all], 'part.0.text')).toEqual([own, all]);
  });

  it('is counted for its channel, and for all where it is about what all get', () => {
    const shared = [length, { ...length, channelId: other }, title, wall];
    expect([countsOf(shared, 'all').blocking, countsOf(shared, rich).blocking, countsOf(shared, other).blocking]).toEqual([1, 2, 1]);
    expect(countsOf([{ ...title, level: 'warning' }], rich)).toEqual({ blocking: 0, warnings: 1 });
  });
});
