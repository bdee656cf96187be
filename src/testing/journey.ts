import { disconnectIn } from './channels.ts';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { FakePlatform } from '../providers/fake/server.ts';
import type { Store } from '../store/index.ts';
import { openBrowser, passOn } from './browser.ts';
import { zone, type Owner } from './calendar.ts';
import { startProgram, type Program } from './program.ts';
import { signUpAt, testKey } from './signed-in.ts';

/** A person at the built program, in a real browser, and what they do there. Where a page's own structure matters it is known here alone. */
export interface Journey {
  program: Program;
  browser: Browser;
  page: Page;
  /** The program's own database, opened beside it. */
  store: Store;
  file: string;
  owner: Owner;
  /** What the console said. */
  errors: string[];
  go: (path: string) => Promise<void>;
  /** The same person in another window: narrow, dark, without scripts. */
  window: (options: BrowserContextOptions) => Promise<Page>;
  /** Begins to connect a network, from the channels' page. */
  connect: (network: string) => Promise<void>;
  /** The same up to the platform's own page of consent and through it; gives that page's address. */
  allow: (origin: string) => Promise<URL>;
  /** The channel in the list of channels. */
  channel: (name: string) => Locator;
  disconnect: (name: string) => Promise<void>;
  /** The channel among those that a post may go to. */
  choice: (name: string) => Locator;
  choose: (...names: string[]) => Promise<void>;
  /** The version of a channel in the composer, or `All`. */
  openVersion: (name: string) => Promise<void>;
  /** What the composer says stands in the way. */
  problems: () => Locator;
  write: (text: string) => Promise<void>;
  publishNow: () => Promise<void>;
  published: () => Promise<void>;
  /** The beginnings of those secrets that the program has printed. */
  leaked: (secrets: readonly string[]) => string[];
  close: () => Promise<void>;
}

export interface JourneyParts {
  env?: Record<string, string>;
  /** The platforms, each instead of its own origins: for the program, and for the browser on pages of consent. */
  fakes?: readonly FakePlatform[];
  browser?: BrowserContextOptions;
}

/** Starts the program over these platforms and signs a person up. `close` ends all of it, the platforms too. */
export async function beginJourney({ env = {}, fakes = [], browser: options = {} }: JourneyParts = {}): Promise<Journey> {
  const upstreams = fakes.flatMap((fake) => [...fake.upstreams]).map(([from, to]) => `${from}=${to}`).join(',');
  const program = await startProgram({ SECRET_KEY: testKey, ...(upstreams && { UPSTREAMS: upstreams }), ...env });
  const browser = await openBrowser();
  const { page, ...signed } = await signUpAt(program, browser, options);
  const errors: string[] = [];
  watch(page, errors);
  for (const fake of fakes) for (const origin of fake.upstreams.keys()) await page.route(`${origin}/**`, (route) => passOn(route, fake));

  const journey: Journey = {
    program, browser, page, errors, ...signed,
    async go(path) { await page.goto(`${program.url}${path}`); },
    async window(more) {
      const context = await browser.newContext({ timezoneId: zone, locale: 'en-GB', viewport: { width: 1280, height: 900 }, storageState: await page.context().storageState(), ...more });
      const opened = await context.newPage();
      watch(opened, errors);
      return opened;
    },
    async connect(network) {
      await journey.go('/channels');
      await page.locator('.networks').getByRole('button', { name: network, exact: true }).click();
    },
    async allow(origin) {
      await page.waitForURL(`${origin}/**`);
      const address = new URL(page.url());
      await page.getByRole('button', { name: 'Allow' }).click();
      return address;
    },
    channel: (name) => page.locator('.row.channel').filter({ has: page.getByText(name, { exact: true }) }),
    async disconnect(name) {
      await journey.go('/channels');
      await disconnectIn(journey.channel(name));
    },
    choice: (name) => page.locator('.channel-choice').filter({ has: page.getByText(name, { exact: true }) }),
    async choose(...names) {
      for (const name of names) await journey.choice(name).getByRole('checkbox').check();
    },
    openVersion: (name) => page.locator('.writing > .tab', { hasText: name }).click(),
    problems: () => page.locator('#problems'),
    write: (text) => page.getByLabel('Text', { exact: true }).fill(text),
    publishNow: () => page.getByRole('button', { name: 'Publish now' }).click(),
    published: () => page.locator('.page-head .state-published').waitFor({ timeout: 60_000 }),
    leaked: (secrets) => secrets.filter((secret) => program.output().includes(secret)).map((secret) => secret.slice(0, 6)),
    async close() {
      signed.store.close();
      await browser.close();
      await program.close();
      await Promise.all(fakes.map((fake) => fake.close()));
    },
  };
  return journey;
}

function watch(page: Page, errors: string[]): void {
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  page.on('pageerror', (error) => errors.push(error.message));
}
