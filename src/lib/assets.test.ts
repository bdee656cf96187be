import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAssets, type Assets } from './assets.ts';

let root: string;
let assets: Assets;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'assets-'));
  await mkdir(join(root, 'public/icons'), { recursive: true });
  await mkdir(join(root, 'migrations/meta'), { recursive: true });
  await writeFile(join(root, '.env'), 'SECRET=1');
  await writeFile(join(root, 'package.json'), '{}');
  await writeFile(join(root, 'migrations/0001_b.sql'), 'b');
  await writeFile(join(root, 'migrations/0000_a.sql'), 'a');
  await writeFile(join(root, 'migrations/meta/_journal.json'), '{}');
  await writeFile(join(root, 'public/icons/x@2x.min.svg'), '<svg/>');
  assets = createAssets(root);
});
afterAll(async () => rm(root, { recursive: true, force: true }));

test('reads, lists and gives paths', async () => {
  expect((await assets.read('public/icons/x@2x.min.svg')).toString()).toBe('<svg/>');
  expect(await assets.list('migrations')).toEqual(['migrations/0000_a.sql', 'migrations/0001_b.sql']);
  expect(await assets.list('public/none')).toEqual([]);
  expect(assets.path('migrations/meta/_journal.json')).toBe(join(root, 'migrations/meta/_journal.json'));
});

test.each([
  '', '.', '..', '/', '/etc/passwd', '.env', 'package.json', 'public/../.env', 'public/./x', 'public//x', 'public/', 'public\\..\\.env',
  'public/..', 'public/.hidden', 'public/x\0.svg', 'public/%2e%2e/.env', 'publicx/a', 'data/secret.key', '../public/x', 'public/x\n',
])('%j is not an asset', async (name) => {
  expect(() => assets.path(name)).toThrow(/Not the name of an asset/u);
  await expect(assets.read(name)).rejects.toThrow(/Not the name of an asset/u);
  await expect(assets.list(name)).rejects.toThrow(/Not the name of an asset/u);
});
