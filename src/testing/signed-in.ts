import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { join } from 'node:path';
import { openKeyRing } from '../lib/secrets/seal.ts';
import { openSqlite, storeOver, type Store } from '../store/index.ts';
import { zone, type Owner } from './calendar.ts';
import type { Program } from './program.ts';

/** The key of programs whose database a test looks into while they run. */
export const testKey = 'a-key-for-tests-and-for-nothing-else';

export interface SignedInBrowser {
  page: Page;
  /** The program's own database, opened beside it. */
  store: Store;
  file: string;
  owner: Owner;
}

/** A person who has just signed up at a program that was started with `testKey`, in a browser of their own. */
export async function signUpAt(program: Program, browser: Browser, options: BrowserContextOptions = {}): Promise<SignedInBrowser> {
  const page = await (await browser.newContext({ timezoneId: zone, locale: 'en-GB', viewport: { width: 1280, height: 900 }, ...options })).newPage();
  await page.goto(program.url);
  await page.getByLabel('Name').fill('Ada Lovelace');
  await page.getByLabel('E-mail').fill('ada@example.org');
  await page.getByLabel('Password').fill('a walk along the harbour');
  await page.getByRole('button', { name: 'Create account' }).click();
  const file = join(program.dataDir, 'postmaster.db');
  const store = storeOver(openSqlite(file), openKeyRing(testKey));
  const user = await store.people.userByEmail('ada@example.org');
  const [workspace] = await store.people.workspacesOf(user?.id ?? '');
  return { page, store, file, owner: { userId: user?.id ?? '', workspaceId: workspace?.id ?? '' } };
}
