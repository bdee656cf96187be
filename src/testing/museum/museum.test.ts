import { afterAll, beforeAll, expect, it } from 'vitest';
import { signedUp, testApp, type TestApp, type Visitor } from '../app.ts';
import { ownerOf } from '../calendar.ts';
import { fillMuseum } from './museum.ts';

let app: TestApp;
let ada: Visitor;
beforeAll(async () => {
  app = await testApp();
  ada = await signedUp(app);
});
afterAll(() => app.close());

it('is filled while the engine runs, which takes nothing of it before it is what it shall be', async () => {
  const { store, engine } = app.deps;
  const owner = await ownerOf(store);
  const posts: typeof store.posts = {
    ...store.posts,
    async save(...post) {
      const saved = await store.posts.save(...post);
      await engine.tick();
      await engine.idle();
      return saved;
    },
  };
  const museum = await fillMuseum({ store: { ...store, posts }, file: app.file, owner }, (files) => ada.upload('/media', files.map(({ name, bytes }) => ({ name: 'files', filename: name, bytes }))));
  const ends = ['published', 'failed', 'unconfirmed'] as const;
  const found = await Promise.all(ends.map(async (state) => (await store.publications.ofPosts(owner.workspaceId, [museum.posts[state]])).get(museum.posts[state])?.map(({ status }) => status)));
  expect(found.map((statuses) => [...new Set(statuses)])).toEqual(ends.map((state) => [state]));
  expect((await store.people.workspace(owner.workspaceId))?.frozenAt).toBeNull();
});
