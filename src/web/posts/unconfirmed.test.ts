import { afterAll, beforeAll, expect, it } from 'vitest';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { ownerOf } from '../../testing/calendar.ts';
import { fakeClock, seedPost } from '../../testing/world.ts';

// A backup that was put back leaves all that was due since it was made to a person: that may be a lot.

let app: TestApp;
let ada: Visitor;
let last: { postId: string; publicationId: string };
const clock = fakeClock();
beforeAll(async () => {
  app = await testApp({}, clock.now);
  ada = await signedUp(app);
  const { store } = app.deps;
  const owner = await ownerOf(store);
  const [channel] = await store.channels.list(owner.workspaceId);
  for (let n = 0; n < 33; n += 1) {
    last = await seedPost(store, { ...owner, connectionId: '', channelId: channel?.id ?? '' }, 'sandbox', { parts: [{ text: `Post ${n}`, media: [] }] }, {}, clock.now() - 1_000);
  }
  await store.queue.doubtDue({ kind: 'unsettled', code: 'restored', message: 'It may be out.' }, clock.now());
});
afterAll(() => app.close());

const shown = (body: string) => body.match(/id="publication-/gu)?.length;

it('is shown as far as a page goes, and the rest is counted', async () => {
  const { body } = await ada.get('/unconfirmed');
  expect([shown(body), body.includes('3 more come up as you decide about these.')]).toEqual([30, true]);
});

it('has what was just refused among it, wherever it stands', async () => {
  const refused = await ada.post(`/publications/${last.publicationId}/confirm`, { url: 'nowhere' });
  expect([refused.statusCode, refused.body.includes('Paste the address of the post'), refused.body.includes(`id="publication-${last.publicationId}"`)]).toEqual([422, true, true]);
});
