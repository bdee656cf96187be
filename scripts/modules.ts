import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

// Puts the native modules that the bundle leaves outside, with all that they need, beside it: `dist/` then runs anywhere
// on this platform with nothing but Node.

const root = join(import.meta.dirname, '..');
const from = join(root, 'node_modules');
const to = join(root, 'dist/node_modules');
const here = `${process.platform}-${process.arch}`;

const waiting = ['better-sqlite3', 'sodium-native', 'sharp'];
const copied = new Set<string>();
for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
  const folder = join(from, name);
  // Optional dependencies are those of other platforms, mostly.
  if (copied.has(name) || !existsSync(folder)) continue;
  copied.add(name);
  cpSync(folder, join(to, name), { recursive: true, filter: (path) => isNeeded(relative(folder, path)) });
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
  waiting.push(...Object.keys(dependencies), ...Object.keys(optionalDependencies));
}
process.stdout.write(`Native modules for ${here}: ${[...copied].sort().join(', ')}\n`);

/** Leaves out sources and other platforms' binaries. */
function isNeeded(path: string): boolean {
  const [top = '', second = ''] = path.split(sep);
  if (top === 'prebuilds' && second !== '') return second.startsWith(here);
  return !['deps', 'src', 'test', 'node_modules', 'docs'].includes(top) && !/\.(?:md|map|c|cc|cpp|h|gyp|gypi|d\.ts)$/u.test(path);
}
