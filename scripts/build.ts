import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, type BuildResult } from 'esbuild';
import { providers } from '../src/providers/all.ts';
import { emojiData } from './emoji.ts';
import { asciiOnly, englishZod, lazyHttp } from './lean.ts';
import { colorsOf } from './network-colors.ts';

// Makes dist/: the program as one bundle, the pages' styles, scripts, fonts and marks under names that carry their hash.

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const out = join(dist, 'public');
const started = Date.now();
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(out, 'networks'), { recursive: true });

const program = await build({
  entryPoints: { main: join(root, 'src/boot.ts'), program: join(root, 'src/main.ts') },
  outdir: dist, bundle: true, platform: 'node', format: 'esm', target: 'node22', splitting: true, sourcemap: 'linked', legalComments: 'external',
  // Less to parse is less to keep: a third of the memory that the text itself takes.
  minify: true,
  metafile: true, chunkNames: 'chunks/[name]-[hash]',
  // These bring binaries of their own and are found in node_modules.
  external: ['better-sqlite3', 'sodium-native', 'sharp'],
  plugins: [lazyHttp, englishZod],
  define: { POSTMASTER_VERSION: JSON.stringify(version) },
  jsx: 'automatic', jsxImportSource: 'preact',
  // Some dependencies are CommonJS and call require at run time.
  banner: { js: `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);` },
  logLevel: 'warning',
});
asciiOnly(dist);

const pages = await build({
  entryPoints: [join(root, 'public/styles/app.css'), ...islands()],
  plugins: [colorsOf(providers)],
  outdir: out, outbase: root, bundle: true, platform: 'browser', format: 'esm', target: 'es2022', minify: true, metafile: true,
  entryNames: '[name]-[hash]', assetNames: '[name]-[hash]', loader: { '.woff2': 'file', '.svg': 'file' }, splitting: true, chunkNames: '[name]-[hash]', publicPath: '/assets', legalComments: 'none', logLevel: 'warning',
});

const manifest: Record<string, string> = {};
for (const [file, { entryPoint }] of Object.entries(pages.metafile?.outputs ?? {})) {
  if (!entryPoint) continue;
  const name = entryPoint.startsWith('src/web/islands') ? `islands/${basename(entryPoint).replace(/\.tsx?$/u, '.js')}` : basename(entryPoint);
  manifest[name] = relative(out, join(root, file));
}
for (const name of readdirSync(join(root, 'public')).filter((entry) => statSync(join(root, 'public', entry)).isFile())) {
  put(name, readFileSync(join(root, 'public', name)));
}
// Loaded when somebody looks for an emoji, and never before.
put('emoji.json', Buffer.from(JSON.stringify(emojiData())));
// A network's mark is icon.svg in its folder, or <id>.svg where one folder holds several networks.
for (const mark of readdirSync(join(root, 'src/providers'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svg'))) {
  const id = basename(mark) === 'icon.svg' ? basename(dirname(mark)) : basename(mark, '.svg');
  cpSync(join(root, 'src/providers', mark), join(out, 'networks', `${id}.svg`));
}
writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
// Compressed once and well, so that no request pays for it.
for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:js|css|svg)$/u.test(file))) {
  const bytes = readFileSync(join(out, name));
  if (bytes.length < 1_000) continue;
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes));
  writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
}
cpSync(join(root, 'migrations'), join(dist, 'migrations'), { recursive: true });

const size = (result: BuildResult, ending: string) => Object.entries(result.metafile?.outputs ?? {})
  .filter(([file]) => file.endsWith(ending)).reduce((sum, [file]) => sum + gzipSync(readFileSync(join(root, file))).length, 0);
const kb = (bytes: number) => `${Math.round(bytes / 100) / 10} KB`;
process.stdout.write(`Built in ${Date.now() - started} ms. Compressed: program ${kb(size(program, '.js'))}, styles ${kb(size(pages, '.css'))}, page scripts ${kb(size(pages, '.js'))}.\n`);

function put(name: string, bytes: Buffer) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase();
  const hashed = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  writeFileSync(join(out, hashed), bytes);
  manifest[name] = hashed;
}

function islands(): string[] {
  const folder = join(root, 'src/web/islands');
  return readdirSync(folder).filter((name) => /\.tsx?$/u.test(name) && !name.includes('.test.')).map((name) => join(folder, name));
}
