import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedPerson, start } from '../../testing/world.ts';
import { openSqlite } from '../index.ts';

let test: TestStore;
beforeEach(() => { test = testStore(); });
afterEach(() => test.close());

it.each(['erasing_at', 'suspended_at'])('opens nothing in a workspace with %s, and nothing else is shut by it', async (column) => {
  const ada = await seedPerson(test.store);
  const eve = await seedPerson(test.store);
  for (const { userId, workspaceId } of [ada, eve]) {
    await test.store.keys.add(workspaceId, { id: newId(start), digest: workspaceId, ending: 'x', name: 'Script', scopes: ['read'], createdBy: userId, createdAt: start }, 9);
  }
  const raw = openSqlite(test.file);
  raw.prepare(`update workspaces set ${column} = ? where id = ?`).run(start, ada.workspaceId);
  raw.close();
  expect([await test.store.keys.byDigest(ada.workspaceId), (await test.store.keys.byDigest(eve.workspaceId))?.name]).toEqual([undefined, 'Script']);
});
