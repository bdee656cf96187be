import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

// The map of src/README.md as a test. Test files and the rooms that exist for them may import anything.

const root = import.meta.dirname;

/** Which rooms a room may import. `lib` is everybody's and is not listed. */
const mayImport: Record<string, readonly string[]> = {
  lib: [],
  domain: [],
  store: ['domain'],
  media: ['domain'],
  providers: ['domain'],
  billing: ['store', 'domain', 'config', 'settings'],
  publishing: ['store', 'providers', 'media', 'domain'],
  actions: ['store', 'providers', 'media', 'billing', 'domain', 'deps', 'config', 'settings'],
  jobs: ['actions', 'publishing', 'store', 'providers', 'media', 'domain', 'deps'],
  web: ['actions', 'store', 'providers', 'media', 'billing', 'domain', 'deps', 'config', 'settings'],
  deps: ['config', 'settings', 'store', 'providers', 'media', 'publishing'],
  config: [],
  settings: ['store'],
  commands: ['app', 'actions', 'config', 'domain', 'media', 'providers', 'store'],
  app: ['actions', 'config', 'deps', 'jobs', 'media', 'providers', 'publishing', 'settings', 'store', 'web'],
  main: ['app', 'commands', 'config', 'store'],
  boot: ['main'],
};

/** Packages that only some rooms may know. */
const packageRooms: Record<string, readonly string[]> = {
  'drizzle-orm': ['store'],
  'better-sqlite3': ['store'],
  fastify: ['web', 'app'],
  stripe: ['billing'],
  lucia: ['actions/sessions/sessions.ts'],
  undici: ['lib/net-guard.ts', 'providers/http.ts'],
  sharp: ['lib/native.ts'],
  'sodium-native': ['lib/native.ts'],
  'node-cron': ['jobs'],
  nodemailer: ['lib/mail.ts'],
  yazl: ['lib/zip.ts'],
  yauzl: ['lib/zip.ts'],
};

/**
 * The networks, by the folder each lives in. A folder of `providers/` is one, or a family of several that share its own
 * files: each folder in it that registers a network is one then, and the family's name is a word like any other.
 */
const networks: ReadonlyMap<string, string> = new Map(foldersIn('providers').filter((name) => name !== 'fake').flatMap((name) =>
  (registers(`providers/${name}`) ? [name] : foldersIn(`providers/${name}`).map((child) => `${name}/${child}`).filter((path) => registers(`providers/${path}`)))
    .map((path) => [path.split('/').at(-1) ?? '', `providers/${path}`] as const)));

function foldersIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function registers(folder: string): boolean {
  return existsSync(join(root, folder, 'index.ts'));
}

/** Where a network may be named: its own folder, and its family's. */
function homeOf(folder: string): string {
  return `${folder.split('/').slice(0, 2).join('/')}/`;
}

/** Networks whose names are words of this house too: they are meant when quoted as an id or written with a capital. */
const alsoWords = ['threads'];

export function namedIn(code: string, names: Iterable<string>): string[] {
  return [...names].filter((name) => (alsoWords.includes(name)
    ? new RegExp(`['"\`]${name}['"\`]|\\b${name.charAt(0).toUpperCase()}${name.slice(1)}\\b`, 'u')
    // A single letter names much else: it counts where ids stand, and before a setting.
    : name.length === 1 ? new RegExp(`(?:[=!]==|\\b(?:provider|network|id)\\w*:|\\bcase|\\bget\\()\\s*['"\`]${name}['"\`]|\\b${name.toUpperCase()}_[A-Z]`, 'u')
    : new RegExp(`\\b${name}\\b`, 'iu')).test(code));
}

interface Import {
  /** Path below src. */
  file: string;
  target: string;
  typeOnly: boolean;
}

export function breachesOf(imports: readonly Import[]): string[] {
  return imports.flatMap(({ file, target, typeOnly }) => {
    const room = roomOf(file);
    if (target.startsWith('.')) {
      const path = relative(root, resolve(root, dirname(file), target));
      const other = roomOf(path);
      const [own, its] = [file, path].map((one) => [...networks.values()].find((folder) => one.startsWith(`${folder}/`)));
      if (own !== undefined && its !== undefined && own !== its) return [`${file} imports another network: ${target}`];
      const allowed = other === room || other === 'lib' || (mayImport[room] ?? []).includes(other);
      return allowed ? [] : [`${file} imports ${other}: ${target}`];
    }
    const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? '');
    const owner = name.startsWith('@fastify') ? 'fastify' : name;
    const rooms = packageRooms[owner];
    if (!rooms || rooms.some((allowed) => file === allowed || room === allowed)) return [];
    return typeOnly && ['undici', 'sharp'].includes(owner) ? [] : [`${file} imports ${target}`];
  });
}

const roomOf = (file: string) => (file.split('/')[0] ?? '').replace(/\.tsx?$/u, '');

function sources(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/u.test(file));
}

/** Tests and what exists for tests alone. */
function isForTests(file: string): boolean {
  return /\.test\.tsx?$/u.test(file) || /^testing\/|^providers\/(conformance|subject)\.ts$|^providers\/fake\/|\/(fake|subject|pds|samples|gallery)[\w.-]*\.tsx?$|\/fake\//u.test(file);
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  return Array.from(text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gmu), (match) =>
    ({ file, target: match[2] ?? match[3] ?? match[4] ?? '', typeOnly: match[1] !== undefined }));
}

describe('the map', () => {
  const program = sources().filter((file) => !isForTests(file));

  it('is kept by every import', () => {
    expect(breachesOf(program.flatMap(importsOf))).toEqual([]);
  });

  it('knows every room', () => {
    const rooms = new Set(program.map(roomOf));
    expect([...rooms].filter((room) => mayImport[room] === undefined)).toEqual([]);
  });

  it('would catch a forbidden import', () => {
    const forbidden: Import[] = [
      { file: 'domain/post.ts', target: '../store/index.ts', typeOnly: false },
      { file: 'web/posts/routes.tsx', target: '../../publishing/engine.ts', typeOnly: false },
      { file: 'web/posts/routes.tsx', target: 'drizzle-orm', typeOnly: false },
      { file: 'providers/bluesky/index.ts', target: '../../store/index.ts', typeOnly: false },
      { file: 'actions/posts/x.ts', target: '@fastify/cookie', typeOnly: false },
      { file: 'actions/billing/x.ts', target: 'stripe', typeOnly: true },
      { file: 'billing/x.ts', target: '../actions/people/sign-up.ts', typeOnly: false },
      { file: 'web/auth/x.ts', target: 'lucia', typeOnly: false },
      { file: 'providers/mastodon/index.ts', target: '../bluesky/publish.ts', typeOnly: false },
      { file: 'providers/meta/facebook/index.ts', target: '../../mastodon/text.ts', typeOnly: false },
    ];
    expect(breachesOf(forbidden)).toHaveLength(forbidden.length);
    expect(breachesOf([{ file: 'web/posts/routes.tsx', target: '../../actions/posts/save-post.ts', typeOnly: false }])).toEqual([]);
  });

  it('sees imports as they are written', () => {
    expect(importsOf('app.ts').map(({ target }) => target)).toContain('./web/server.ts');
  });

  it('reads the environment in one place', () => {
    const readers = program.filter((file) => readFileSync(join(root, file), 'utf8').includes('process.env'));
    expect(readers).toEqual(['config.ts']);
  });

  it('names no network outside its own folder', () => {
    const named = program
      // Companies have top-level domains of their own, and a list of domains has them all.
      .filter((file) => file !== 'providers/all.ts' && file !== 'domain/weighted/tlds.ts' && ![...networks.values()].some((folder) => file.startsWith(homeOf(folder))))
      .flatMap((file) => {
        const code = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, '')
          // A directive of content security policies has the name of one of them.
          .replaceAll("default-src 'none'; sandbox", '');
        return namedIn(code, networks.keys()).map((network) => `${file} names ${network}`);
      });
    expect(named).toEqual([]);
  });

  it('would see a network named, in a family too, and takes no word for one', () => {
    expect([...networks]).toEqual(expect.arrayContaining([['mastodon', 'providers/mastodon'], ['facebook', 'providers/meta/facebook']]));
    expect([...networks.keys()]).not.toContain('meta');
    const names = ['mastodon', 'facebook', 'threads'];
    expect(namedIn("if (provider === 'facebook') return;", names)).toEqual(['facebook']);
    expect(namedIn('<p>Connect Facebook or Mastodon</p>', names)).toEqual(['mastodon', 'facebook']);
    expect(namedIn("const id = 'threads'; // on Threads", names)).toEqual(['threads']);
    expect(namedIn('This network has no threads. <meta charset="utf-8">', names)).toEqual([]);
    for (const code of ["if (id === 'x') return;", "seed({ provider: 'x' })", "providers.get('x')", "case 'x':", 'setting(`X_CLIENT_ID`)']) expect(namedIn(code, ['x'])).toEqual(['x']);
    expect(namedIn("place({ x, y }, ['x', 'y'], 'X-Frame-Options', size.x)", ['x'])).toEqual([]);
  });

  it('has no Math.random', () => {
    expect(program.filter((file) => readFileSync(join(root, file), 'utf8').includes('Math.random'))).toEqual([]);
  });
});
