import Database from 'better-sqlite3';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reapplyErasures } from '../actions/privacy/reapply.ts';
import { newId } from '../lib/ids.ts';
import { openKeyRing } from '../lib/secrets/seal.ts';
import { openStore } from '../store/open.ts';
import { signedUp, type Visitor } from '../testing/app.ts';
import { atOnce, deletionWorld, type DeletionWorld } from '../testing/promise/deletion.ts';
import type { PromiseWorld } from '../testing/promise/promise.ts';
import { plantChannel, plantPost } from '../testing/promise/promise-post.ts';
import { migrations } from '../testing/store.ts';
import { start, type World } from '../testing/world.ts';

// What was deleted stays deleted, whatever copy of the database is put back (sentences 1 and 2).

let world: PromiseWorld;
let ada: Visitor;
let on: World;
let personOf: DeletionWorld['personOf'];
let ask: DeletionWorld['ask'];
let erase: DeletionWorld['erase'];
let left: DeletionWorld['left'];

async function begin(env: Record<string, string> = {}) {
  ({ world, ada, on, personOf, ask, erase, left } = await deletionWorld(env));
}

afterEach(() => world.close());

describe('an older copy of the database that is put back', () => {
  /** A copy as the night makes it, put back later over the same data directory. */
  function copied() {
    const sqlite = new Database(world.app.file);
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    sqlite.close();
    const copy = join(world.app.dir, '..', `${newId(start)}.db`);
    copyFileSync(world.app.file, copy);
    return copy;
  }

  /** Another house over the same folder, started as the program starts. */
  async function restored(copy: string, reapply = true) {
    const dir = join(world.app.dir, 'restored');
    mkdirSync(dir);
    copyFileSync(copy, join(dir, 'postmaster.db'));
    rmSync(copy);
    if (existsSync(join(world.app.dir, 'erasures.jsonl'))) copyFileSync(join(world.app.dir, 'erasures.jsonl'), join(dir, 'erasures.jsonl'));
    const { store } = openStore(dir, migrations, openKeyRing('a-key-for-tests-and-for-nothing-else'), world.clock.now());
    const deps = { ...world.app.deps, store };
    if (reapply) await reapplyErasures(deps);
    return { store, deps, dir };
  }

  beforeEach(() => begin());

  it('promise 01: brings back no account that was deleted, not a byte of it', async () => {
    await plantPost(world, 'out', on, 'published');
    const copy = copied();
    await ask(atOnce);
    await erase();
    expect(left()).toEqual([]);
    const { store } = await restored(copy);
    expect(await store.people.countUsers()).toBe(0);
    expect(left()).toEqual([]);
    store.close();
  });

  it('would bring it back without the log', async () => {
    const copy = copied();
    await ask(atOnce);
    await erase();
    const { store } = await restored(copy, false);
    expect(await store.people.countUsers()).toBe(1);
    store.close();
  });

  it('forgets no deletion that was asked for after it was made, and revives none that was undone', async () => {
    const before = copied();
    await ask();
    const asked = await restored(before);
    expect(await asked.store.erasures.announced(on.userId, on.workspaceId)).toHaveLength(2);
    expect((await asked.store.people.workspace(on.workspaceId))?.frozenAt).not.toBeNull();
    asked.store.close();
    rmSync(asked.dir, { recursive: true });

    const waiting = copied();
    const [erasure] = await world.app.deps.store.erasures.announced(on.userId, on.workspaceId);
    await ada.post('/settings/privacy/undo', { erasure: erasure?.id ?? '' });
    const undone = await restored(waiting);
    expect(await undone.store.erasures.announced(on.userId, on.workspaceId)).toEqual([]);
    expect((await undone.store.people.workspace(on.workspaceId))?.frozenAt).toBeNull();
    undone.store.close();
  });

  it('promise 02: brings back no access that was disconnected, and leaves one that was allowed anew', async () => {
    const copy = copied();
    await ada.post(`/channels/${on.channelId}/disconnect`);
    const { store, dir } = await restored(copy);
    expect(await store.connections.grant(on.workspaceId, on.connectionId)).toBeUndefined();
    store.close();
    rmSync(dir, { recursive: true });
    world.clock.advance(1_000);
    await plantChannel(world, 'ada', on);
    await reapplyErasures(world.app.deps);
    expect(await world.app.deps.store.connections.grant(on.workspaceId, on.connectionId)).toBeDefined();
  });

  it('keeps a workspace that was handed over after it was made', async () => {
    await signedUp(world.app, 'grace@example.org');
    const grace = await personOf('grace@example.org');
    const sqlite = new Database(world.app.file);
    sqlite.prepare("insert into members (workspace_id, user_id, role, created_at) values (?, ?, 'editor', 1)").run(on.workspaceId, grace.userId);
    sqlite.close();
    const copy = copied();
    await ask({ ...atOnce, [`to.${on.workspaceId}`]: grace.userId, successor: 'grace@example.org' });
    await erase();
    const { store } = await restored(copy);
    expect(await store.people.user(on.userId)).toBeUndefined();
    expect(await store.people.place(on.workspaceId, grace.userId)).toMatchObject({ role: 'owner' });
    store.close();
  });
});
