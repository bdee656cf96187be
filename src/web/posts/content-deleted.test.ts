import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepDays } from '../../domain/promise/retention.ts';
import { password, signedUp, visitor, type Visitor } from '../../testing/app.ts';
import { plantPost } from '../../testing/promise/promise-post.ts';
import { promiseWorld, type PromiseWorld } from '../../testing/promise/promise.ts';
import type { World } from '../../testing/world.ts';

// What people see of a post whose words and files are deleted because their time was over.

let world: PromiseWorld;
let ada: Visitor;
let on: World;

beforeEach(async () => {
  world = await promiseWorld();
  ada = await signedUp(world.app);
  const { store } = world.app.deps;
  const user = await store.people.userByEmail('ada@example.org');
  const workspaceId = (await store.people.workspacesOf(user?.id ?? ''))[0]?.id ?? '';
  const [channel] = await store.channels.list(workspaceId);
  on = { userId: user?.id ?? '', workspaceId, connectionId: channel?.connectionId ?? '', channelId: channel?.id ?? '' };
});
afterEach(() => world.close());

/** Plants a post, lets its time go by, and logs in again: no session lasts that long. */
async function over(ending: 'published' | 'failed' | 'canceled') {
  const { postId } = await plantPost(world, 'post', on, ending);
  world.days(92);
  await world.prune();
  ada = visitor(world.app);
  expect((await ada.post('/login', { email: 'ada@example.org', password })).statusCode).toBe(303);
  return postId;
}

describe('a post whose content was deleted', () => {
  it('says so on its page, when and why, and still says where it went', async () => {
    const postId = await over('published');
    const page = (await ada.get(`/posts/${postId}`)).body;
    expect(page).toMatch(/The content of this post was deleted on \w+ 24 Feb/u);
    expect(page).toContain(`${keepDays('content', 'published')} days`);
    expect(page).toContain('Published');
    expect(page).toContain('Out since');
    for (const [place, canary] of world.canaries()) if (!['post: remote id', 'post: address'].includes(place)) expect(page, place).not.toContain(canary);
  });

  it('says so in lists and the calendar', async () => {
    await over('published');
    expect((await ada.get('/posts')).body).toContain('Content deleted');
    expect((await ada.get('/calendar?month=2026-11')).body).toContain('Content deleted');
  });

  it('cannot be written on, copied or tried again: each way leads to its page with a sentence', async () => {
    const postId = await over('failed');
    const [publication] = (await world.app.deps.store.publications.ofPosts(on.workspaceId, [postId])).get(postId) ?? [];
    for (const path of [`/posts/${postId}/edit`, `/posts/new?from=${postId}&channel=${on.channelId}`]) {
      const answer = await ada.get(path);
      expect(answer.statusCode, path).toBe(303);
      expect(answer.headers.location).toBe(`/posts/${postId}`);
      expect((await ada.get(`/posts/${postId}`)).body).toContain('The content of this post is deleted');
    }
    const page = (await ada.get(`/posts/${postId}`)).body;
    expect(page).toContain('Write a new post');
    expect(page).not.toContain('Try again');
    await ada.post(`/publications/${publication?.id}/retry`);
    expect(await world.app.deps.store.publications.get(on.workspaceId, publication?.id ?? '')).toMatchObject({ status: 'failed' });
  });

  it('offers no editing of what was canceled', async () => {
    const postId = await over('canceled');
    const page = (await ada.get(`/posts/${postId}`)).body;
    expect(page).toContain('The content of this post was deleted');
    expect(page).not.toContain('/edit"');
  });
});
