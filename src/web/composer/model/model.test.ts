import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../../../lib/ids.ts';
import { formOf } from '../../forms.ts';
import { contentOf, draftOfPost, newDraft, partsFor, type Draft } from './draft.ts';
import { edited } from './edited.ts';
import { draftOfForm, entriesOf, inputOf, intentOf } from './form.ts';

const [one, other, a, b, c] = Array.from({ length: 5 }, () => newId(1)) as [string, string, string, string, string];

/** The draft as it comes back from the form that it was sent as. */
function back(draft: Draft): Draft {
  const entries = Map.groupBy(entriesOf(draft), ([name]) => name);
  return draftOfForm(formOf(Object.fromEntries([...entries].map(([name, values]) => [name, values.map(([, value]) => value)]))), draft.postId, draft.zone);
}

const withMedia = (media: string[], more: Partial<Draft> = {}): Draft => ({ ...newDraft([one, other], '2026-11-24T09:00', 'Europe/Berlin'), parts: [{ text: 'Hi', media }], ...more });
const mediaOf = (draft: Draft, channelId: string) => partsFor(draft, channelId)[0]?.media;

describe('a draft as a form', () => {
  it('comes back whole', () => {
    const id = fc.constantFrom(one, other, a, b, c);
    const ids = fc.uniqueArray(id, { maxLength: 5 });
    // A form ends its lines as one, and drops what no database takes.
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', 'ü', '"', '<', '👍', ':', '.'), maxLength: 20 });
    const draft = fc.record({
      parts: fc.array(fc.record({ text, media: ids, wait: fc.constantFrom('1', '-x', '90') }, { requiredKeys: ['text', 'media'] }), { minLength: 1, maxLength: 4 }), channelIds: ids, labels: ids, wall: fc.constantFrom('', '2026-11-24T09:00'),
      alts: fc.dictionary(id, text), options: fc.dictionary(id, fc.dictionary(fc.constantFrom('format', 'title', 'x-y'), text, { minKeys: 1 })), owners: ids, tab: fc.constantFrom('all', one), view: fc.constantFrom('', other),
      version: fc.constantFrom(null, 3),
    }).map(({ owners, ...rest }): Draft => ({
      ...rest, postId: null, zone: 'Europe/Berlin',
      own: Object.fromEntries(owners.map((owner) => [owner, rest.parts.map(({ text, media }) => ({ text: `${text}!`, media: media.map((mediaId, n) => ({ mediaId, on: n % 2 === 0 })) }))])),
    }));
    fc.assert(fc.property(draft, (sent) => { expect(back(sent)).toEqual(sent); }));
  });

  it('takes no name that every object has for a channel, a medium or an option', () => {
    const form = formOf({ 'part.0.text': ['x'], 'part.0.media': ['__proto__', a], channel: ['__proto__', 'constructor', one], 'own.__proto__': ['on'], 'option.__proto__.x': ['1'], [`option.${one}.__proto__`]: ['2'], 'alt.constructor': ['3'] });
    expect(draftOfForm(form, null, 'UTC')).toMatchObject({ channelIds: [one], parts: [{ text: 'x', media: [a] }], own: {}, alts: {}, options: { [one]: {} } });
  });

  it('gives a channel what all get and it does not know of yet', () => {
    const form = formOf({ 'part.0.text': ['x'], 'part.0.media': [a, b, c], [`own.${one}`]: ['on'], [`own.${one}.part.0`]: ['y'], [`own.${one}.part.0.order`]: [b, a], [`own.${one}.part.0.media`]: [b] });
    expect(draftOfForm(form, null, 'UTC').own[one]).toEqual([{ text: 'y', media: [{ mediaId: b, on: true }, { mediaId: a, on: false }, { mediaId: c, on: true }] }]);
  });

  it.each([['draft', 'draft', []], ['', 'refresh', []], ['up:part.0.media:x', 'up', ['part.0.media', 'x']]])('reads the button %j', (text, intent, objects) => expect(intentOf(text)).toEqual({ intent, objects }));
});

describe('a saved post as a draft', () => {
  const fieldsOf = () => [{ name: 'opens', label: '', kind: 'datetime' as const }, { name: 'ad', label: '', kind: 'checkbox' as const }];
  const post = {
    id: 'p', version: 2, content: contentOf([{ text: 'Hi', media: [a, b] }], { [a]: 'A' }),
    variants: [
      { channelId: one, content: contentOf([{ text: 'Own', media: [b] }], {}), options: { opens: '2026-07-01T10:00:00.000Z', ad: true, n: 3, off: false } },
      { channelId: other, content: null, options: {} },
    ],
  };
  const draft = draftOfPost(post, '2026-11-24T09:00', 'Europe/Berlin', { fieldsOf, wallOf: (at) => `wall of ${new Date(at).toISOString()}` });

  it('has what it was left out of, options as a form says them, and instants as wall times', () => {
    expect(draft).toMatchObject({ postId: 'p', version: 2, channelIds: [one, other], parts: [{ text: 'Hi', media: [a, b] }], options: { [one]: { opens: 'wall of 2026-07-01T10:00:00.000Z', ad: 'on', n: '3', off: '' } } });
    expect(draft.own).toEqual({ [one]: [{ text: 'Own', media: [{ mediaId: b, on: true }, { mediaId: a, on: false }] }] });
  });

  it('is the same post when it is saved again', () => {
    const { content, channels } = inputOf(back(draft), 'schedule');
    expect(content).toEqual(post.content);
    expect(channels.map((channel) => channel.content)).toEqual([{ parts: [{ text: 'Own', media: [{ mediaId: b, alt: '' }] }] }, null]);
  });
});

describe('what buttons do', () => {
  it('adds and removes parts, everywhere', () => {
    const draft = edited(edited(withMedia([a]), 'own_on', [one]), 'add_part', []);
    expect([draft.parts.length, draft.own[one]?.length, draft.tab]).toEqual([2, 2, one]);
    const without = edited(draft, 'remove_part', ['0']);
    expect([without.parts, without.own[one]]).toEqual([[{ text: '', media: [] }], [{ text: '', media: [] }]]);
    expect(edited(without, 'remove_part', ['0'])).toEqual(without);
  });

  it('changes the order of parts, everywhere; what is waited between two places stays', () => {
    const two = edited(edited(withMedia([a]), 'own_on', [one]), 'add_part', []);
    const draft = { ...two, parts: two.parts.map((part, n) => ({ ...part, text: `part ${n}`, ...(n === 1 && { wait: '5' }) })) };
    const down = edited(draft, 'part_down', ['0']);
    expect(down.parts).toEqual([{ text: 'part 1', media: [] }, { text: 'part 0', media: [a], wait: '5' }]);
    expect(down.own[one]?.map(({ media }) => media.length)).toEqual([0, 1]);
    expect(edited(draft, 'part_up', ['1'])).toEqual(down);
    expect(edited(draft, 'part_down', ['1'])).toEqual(draft);
    expect(edited(draft, 'part_up', ['0'])).toEqual(draft);
  });

  it('moves, adds and removes files', () => {
    const draft = withMedia([a, b]);
    expect(edited(draft, 'down', ['part.0.media', a]).parts[0]?.media).toEqual([b, a]);
    expect(edited(draft, 'up', ['part.0.media', a]).parts[0]?.media).toEqual([a, b]);
    expect(edited(draft, 'attach', ['part.0.media', c]).parts[0]?.media).toEqual([a, b, c]);
    expect(edited(draft, 'attach', ['part.0.media', a]).parts[0]?.media).toEqual([a, b]);
    expect(edited(withMedia([a, b, c]), 'move', ['part.0.media', a, '2']).parts[0]?.media).toEqual([b, c, a]);
    expect(edited(edited(draft, 'own_on', [one]), 'remove_media', ['part.0.media', a])).toMatchObject({ parts: [{ media: [b] }], own: { [one]: [{ media: [{ mediaId: b }] }] } });
  });

  it('changes the order for one channel alone', () => {
    const draft = edited(edited(withMedia([a, b]), 'own_on', [one]), 'down', [`${one}.part.0.media`, a]);
    expect([mediaOf(draft, one), mediaOf(draft, other)]).toEqual([[b, a], [a, b]]);
  });

  it('puts a cropped picture in the old one’s place, for one channel or for all', () => {
    const draft = withMedia([a, b], { alts: { [a]: 'A boat' } });
    const alone = back(edited(draft, 'replace', ['part.0.media', a, c, one]));
    expect([mediaOf(alone, one), mediaOf(alone, other), alone.alts[c]]).toEqual([[c, b], [a, b], 'A boat']);
    const all = back(edited(edited(draft, 'own_on', [one]), 'replace', ['part.0.media', a, c, 'all']));
    expect([mediaOf(all, one), mediaOf(all, other)]).toEqual([[c, b], [c, b]]);
  });

  it('fills and clears a picture of an option', () => {
    const filled = edited(withMedia([]), 'attach', [`${one}.option.cover`, a]);
    expect(filled.options).toEqual({ [one]: { cover: a } });
    expect(edited(filled, 'clear', [`${one}.option.cover`]).options).toEqual({ [one]: { cover: '' } });
  });

  it('joins the parts of a thread into one for one channel, with all their files; the others keep theirs', () => {
    const draft = { ...withMedia([a, b]), parts: [{ text: 'First', media: [a] }, { text: ' ', media: [] }, { text: 'Last', media: [b, a] }] };
    const joined = back(edited(draft, 'join', [one]));
    expect(partsFor(joined, one)).toEqual([{ text: 'First\n\nLast', media: [a, b] }]);
    expect([partsFor(joined, other), joined.view]).toEqual([draft.parts, one]);
    // Of a version of its own it joins that one, without what was left out for it.
    const left = { ...edited(draft, 'own_on', [one]) };
    const own = { ...left, own: { [one]: [{ text: 'Mine', media: [{ mediaId: a, on: true }] }, { text: '', media: [] }, { text: 'too', media: [{ mediaId: b, on: false }, { mediaId: a, on: false }] }] } };
    expect(partsFor(back(edited(own, 'join', [one])), one)).toEqual([{ text: 'Mine\n\ntoo', media: [a] }]);
    expect(edited(draft, 'join', [c])).toEqual(draft);
  });

  it('gives a version of its own up', () => {
    const draft = edited(withMedia([a]), 'own_on', [one]);
    expect(edited(draft, 'own_off', [one]).own).toEqual({});
  });

  it('survives whatever is said', () => {
    const nasty = fc.constantFrom('', '__proto__', 'constructor', 'part.0.media', 'part.99.media', `${one}.part.0.media`, `${one}.option.__proto__`, one, a, 'all', '-1', '1e9', 'NaN');
    const intents = fc.constantFrom('add_part', 'remove_part', 'part_up', 'part_down', 'attach', 'remove_media', 'up', 'down', 'move', 'own_on', 'own_off', 'replace', 'join', 'clear', 'x');
    fc.assert(fc.property(fc.array(fc.tuple(intents, fc.array(nasty, { maxLength: 4 })), { maxLength: 8 }), (presses) => {
      const end = presses.reduce((draft, [intent, objects]) => edited(draft, intent, objects), withMedia([a, b]));
      expect(() => inputOf(back(end), 'draft')).not.toThrow();
    }));
  });
});
