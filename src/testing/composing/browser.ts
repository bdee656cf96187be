import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { openBrowser } from '../browser.ts';
import { builtAssets } from '../program.ts';
import { richAnswer } from './rich.ts';
import { stage, type Stage } from './stage.ts';

/** A composer in a browser, and what a person does in it. */
export interface BrowserStage {
  on: Stage;
  page: Page;
  url: string;
  /** What the console said. */
  errors: string[];
  /** A new post on a fresh page, over a network that answers. */
  begin: () => Promise<void>;
  /** The same in another window, until `back`. */
  elsewhere: (options: BrowserContextOptions) => Promise<void>;
  back: () => Promise<void>;
  choose: (...channels: string[]) => Promise<void>;
  openVersion: (name: string) => Promise<void>;
  write: (text: string) => Promise<void>;
  add: (name: string, mediaId: string) => Promise<void>;
  jpeg: (name: string, mediaId: string) => Promise<{ name: string; mimeType: string; buffer: Buffer }>;
  /** The preview that is open. */
  shown: () => Locator;
  /** The labels of the files of the post, in order. */
  names: () => Promise<string[]>;
  close: () => Promise<void>;
}

/** `env` as the program would be started with. */
export async function browserStage(env: Record<string, string> = {}): Promise<BrowserStage> {
  const on = await stage({ assets: builtAssets(), env });
  await on.app.server.listen({ port: 0, host: '127.0.0.1' });
  const address = on.app.server.server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  const browser = await openBrowser();
  const usual = { viewport: { width: 1280, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' };
  const errors: string[] = [];

  async function window(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({ ...usual, ...options });
    await context.addCookies([...on.ada.cookies].map(([name, value]) => ({ name, value: decodeURIComponent(value), url })));
    const page = await context.newPage();
    page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
    page.on('pageerror', (error) => errors.push(error.message));
    return page;
  }
  const first = await window({});

  const at: BrowserStage = {
    on, url, errors, page: first,
    async begin() {
      on.says(async () => richAnswer);
      await at.page.unrouteAll({ behavior: 'wait' });
      await at.page.goto(`${url}/posts/new`);
    },
    async elsewhere(options) {
      at.page = await window(options);
      await at.page.goto(`${url}/posts/new`);
    },
    async back() {
      await at.page.context().close();
      at.page = first;
    },
    async choose(...channels) {
      for (const name of channels) await at.page.locator('.channel-choice', { hasText: name }).getByRole('checkbox').check();
    },
    openVersion: (name) => at.page.locator('.writing > .tab', { hasText: name }).click(),
    write: (text) => at.page.getByLabel('Text', { exact: true }).fill(text),
    async add(name, mediaId) {
      await at.page.getByLabel('Add pictures or videos').setInputFiles(await at.jpeg(name, mediaId));
      await at.page.getByLabel(`Describe ${name}`).waitFor();
    },
    jpeg: async (name, mediaId) => ({ name, mimeType: 'image/jpeg', buffer: (await on.ada.get(`/media/${mediaId}`)).rawPayload }),
    shown: () => at.page.locator('.previews > .panel:visible'),
    names: () => at.page.locator('.part:not(.own-part) .tile-words label').allTextContents(),
    async close() {
      await browser.close();
      await on.close();
    },
  };
  return at;
}
