import { describe, expect, it } from 'vitest';
import { choicesOf, clashes, countingValue, isShown, whyBarred, type Field } from './field.ts';

const kind: Field = { name: 'kind', label: 'Kind', kind: 'select', choices: [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }] };
const board: Field = { name: 'board', label: 'Board', kind: 'select', loads: true };
const must: Field = { ...kind, name: 'must', placeholder: 'Choose' };
const ad: Field = { name: 'ad', label: 'Ad', kind: 'checkbox' };
const paid: Field = { name: 'paid', label: 'Paid', kind: 'checkbox', when: { field: 'ad', is: true } };
const by: Field = { name: 'by', label: 'By', kind: 'text', when: { field: 'paid', is: true } };
const loop: Field = { name: 'loop', label: 'Loop', kind: 'text', when: { field: 'loop', is: 'x' } };
const fields = [kind, board, must, ad, paid, by, loop];
const shown = (field: Field, said: Record<string, string> = {}, format?: string) => isShown(field, { fields, said, format });

describe('countingValue', () => {
  it.each([
    ['what was said', countingValue(kind, { kind: ' b ' }, undefined), 'b'],
    ['the first choice where nothing must be chosen', countingValue(kind, {}, undefined), 'a'],
    ['nothing until a person chooses', countingValue(must, {}, undefined), ''],
    ['nothing while only the network knows', countingValue(board, {}, undefined), ''],
    ['the first that the network gave', countingValue(board, {}, { board: [{ value: '7', label: 'Sea' }] }), '7'],
  ])('is %s', (_name, value, expected) => expect(value).toBe(expected));
});

describe('choicesOf', () => {
  it('is null while only the network knows', () => {
    expect(choicesOf(board, undefined)).toBeNull();
    expect(choicesOf({ ...board, choices: [] }, undefined)).toEqual([]);
    expect(choicesOf(ad, undefined)).toEqual([]);
  });
});

describe('isShown', () => {
  it.each([
    ['always, unless told otherwise', shown(kind), true],
    ['while a box is ticked', shown(paid, { ad: 'on' }), true],
    ['not while it is not', shown(paid), false],
    ['while an unticked box is asked for', shown({ ...paid, when: { field: 'ad', is: false } }), true],
    ['while the first choice counts', shown({ ...by, when: { field: 'kind', is: 'a' } }), true],
    ['not for another choice', shown({ ...by, when: { field: 'kind', is: 'a' } }, { kind: 'b' }), false],
    ['through a chain', shown(by, { ad: 'on', paid: 'on' }), true],
    ['not when the chain is hidden further up', shown(by, { paid: 'on' }), false],
    ['never when it hangs on itself', shown(loop, { loop: 'x' }), false],
    ['never when it hangs on nothing', shown({ ...by, when: { field: 'gone', is: true } }), false],
    ['for its formats', shown({ ...kind, formats: ['reel'] }, {}, 'reel'), true],
    ['not for others', shown({ ...kind, formats: ['reel'] }, {}, 'feed'), false],
    ['not where there are none', shown({ ...kind, formats: ['reel'] }), false],
    ['for a format named as a field', shown({ ...kind, when: { field: 'format', is: 'reel' } }, {}, 'reel'), true],
  ])('%s', (_name, is, expected) => expect(is).toBe(expected));
});

describe('conditions', () => {
  const partner: Field = { name: 'partner', label: 'Partner', kind: 'checkbox', when: { field: 'ad', is: true } };
  const both: Field = { ...by, name: 'both', when: { field: 'paid', is: true, and: { field: 'partner', is: false } } };
  const all = [...fields, partner, both];
  const isIt = (...ticked: string[]) => isShown(both, { fields: all, said: Object.fromEntries(ticked.map((name) => [name, 'on'])), format: undefined });

  it('may hold together', () => {
    expect([isIt(), isIt('ad', 'paid'), isIt('ad', 'paid', 'partner'), isIt('paid')]).toEqual([false, true, false, false]);
  });
});

describe('what cannot go together', () => {
  const level: Field = {
    name: 'level', label: 'Level', kind: 'select', placeholder: 'Choose', choices: [
      { value: 'all', label: 'All' }, { value: 'me', label: 'Me', barred: { by: { field: 'paid', is: true, and: { field: 'ad', is: true } }, why: 'Never for me.' } },
    ],
  };
  const asked: Field = { ...ad, needs: { oneOf: ['paid', 'own'], why: 'Say which.' } };
  const own: Field = { name: 'own', label: 'Own', kind: 'checkbox', when: { field: 'ad', is: true } };
  const barredPaid: Field = { ...paid, barred: { by: { field: 'level', is: 'me' }, why: 'Never for me.' } };
  const all = [level, asked, own, barredPaid];
  const of = (said: Record<string, string>) => ({ fields: all, said, format: undefined });

  it('bars what is chosen with it, and says so once', () => {
    expect(whyBarred(barredPaid.barred, of({ level: 'me' }))).toBe('Never for me.');
    expect(whyBarred(barredPaid.barred, of({ level: 'all' }))).toBeUndefined();
    expect(whyBarred(undefined, of({}))).toBeUndefined();
    expect(clashes(of({ level: 'me', ad: 'on', paid: 'on' }))).toEqual([{ name: 'level', why: 'Never for me.' }]);
    expect(clashes(of({ level: 'all', ad: 'on', paid: 'on' }))).toEqual([]);
    // What is hidden does not count.
    expect(clashes(of({ level: 'me', paid: 'on' }))).toEqual([]);
  });

  it('is a ticked box without what it needs', () => {
    expect(clashes(of({ ad: 'on' }))).toEqual([{ name: 'ad', why: 'Say which.' }]);
    for (const name of ['paid', 'own']) expect(clashes(of({ ad: 'on', [name]: 'on' }))).toEqual([]);
    expect(clashes(of({}))).toEqual([]);
  });
});
