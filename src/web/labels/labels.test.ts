import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { labelColors } from '../../domain/posts/label.ts';
import { noFilter } from '../../store/calendar/filter.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { ownerOf, seedAt, seedLabel, seedPlace, told, type Owner } from '../../testing/calendar.ts';
import { fakeClock } from '../../testing/world.ts';

let app: TestApp;
let ada: Visitor;
let owner: Owner;
let channelId: string;
beforeEach(async () => {
  const clock = fakeClock();
  app = await testApp({}, clock.now);
  ada = await signedUp(app);
  owner = await ownerOf(app.deps.store);
  channelId = (await seedPlace(app.deps.store, owner, 'sandbox', 'Harbour')).channelId;
});
afterEach(() => app.close());

const post = (text: string, wall: string | null, more: Partial<Parameters<typeof seedAt>[3]> = {}) => seedAt(app.deps.store, owner, [{ channelId, provider: 'sandbox' }], { text, wall, ...more });
const saved = async (id: string) => (await app.deps.store.calendar.cards(owner.workspaceId, [id]))[0];
const page = async (path: string) => (await ada.get(path)).body;

describe('labels', () => {
  it('are made, changed and deleted, and refuse what is no name', async () => {
    expect((await ada.post('/labels', { name: ' ', color: 'blue' })).body).toContain('Give the label a name.');
    expect((await ada.post('/labels', { name: 'x', color: 'red' })).body).toContain('Choose one of the colors.');
    expect(await told(ada, '/labels', { name: ' Spring  launch ', color: 'green' })).toContain('The label is there.');
    const [label] = await app.deps.store.labels.list(owner.workspaceId);
    expect(label).toMatchObject({ name: 'Spring launch', color: 'green' });
    const taken = await ada.post('/labels', { name: 'SPRING launch', color: 'blue' });
    expect([taken.statusCode, taken.body.includes('value="SPRING launch"')]).toEqual([422, true]);
    const id = await post('a', '2026-11-27T10:00');
    await told(ada, `/posts/${id}/labels`, { label: label?.id ?? '' });
    expect(await page(`/posts/${id}`)).toContain('label-green">Spring launch');
    expect(await told(ada, `/labels/${label?.id ?? ''}/delete`, {})).toContain('The posts that had it stay.');
    expect((await saved(id))?.labelIds).toEqual([]);
  });

  it('go along with a post that is written', async () => {
    const label = await seedLabel(app.deps.store, owner, 'Spring', 'green');
    expect(await page('/posts/new')).toContain(`name="label" value="${label}"`);
    await ada.post('/posts', { intent: 'draft', 'part.0.text': 'Filed', at: '', label });
    const [card] = await app.deps.store.calendar.find(owner.workspaceId, { text: 'filed', filter: { ...noFilter, labelId: label }, deleted: false, before: null, limit: 5 });
    expect(card).toMatchObject({ excerpt: 'Filed', labelIds: [label] });
    expect(await page(`/posts/${card?.id ?? ''}/edit`)).toMatch(new RegExp(`value="${label}" checked`, 'u'));
  });

  it('have colors that read on every paper, by day and by night', () => {
    const css = readFileSync(join(import.meta.dirname, '../../../public/styles/tokens.css'), 'utf8');
    const pair = (name: string) => new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`, 'u').exec(css)?.slice(1) ?? [];
    for (const mode of [0, 1]) {
      for (const paper of ['paper', 'sheet', 'shade']) {
        for (const color of [...labelColors.map((one) => `label-${one}`), 'ink', 'soft']) {
          expect(contrast(pair(color)[mode] ?? '', pair(paper)[mode] ?? ''), `${color} on ${paper} ${mode}`).toBeGreaterThanOrEqual(4.5);
        }
      }
    }
  });
});

function contrast(a: string, b: string): number {
  const light = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, n) => sum + part * ([0.2126, 0.7152, 0.0722][n] ?? 0), 0);
  const [high = 0, low = 0] = [light(a), light(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}
