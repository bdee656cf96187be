import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

// What keeps the program small in memory: an idle scheduler should cost little.

/**
 * `node:http` has getters which load a whole HTTP client that we do not use, and an `import` of it reads every one of them.
 * Asked for as an object, it loads what is named.
 */
export const lazyHttp: Plugin = {
  name: 'lazy-http',
  setup(build) {
    build.onResolve({ filter: /^(?:node:)?http$/ }, ({ kind }) => (kind === 'import-statement' ? { path: 'http', namespace: 'lazy-http' } : undefined));
    build.onLoad({ filter: /.*/, namespace: 'lazy-http' }, () => ({ contents: 'module.exports = process.getBuiltinModule("node:http");', loader: 'js' }));
  },
};

/** zod carries its sentences in some forty languages; ours are in English. */
export const englishZod: Plugin = {
  name: 'english-zod',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/].*[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export { default as en } from "./en.js";', loader: 'js' }));
  },
};

/**
 * One letter beyond ASCII makes the engine keep the whole text of a program at two bytes for each. What esbuild leaves are
 * letters in regular expressions, where the escape means the same.
 */
export function asciiOnly(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'))) {
    const path = join(folder, name);
    const text = readFileSync(path, 'utf8');
    const ascii = text.replaceAll(/[^\0-\x7f]/gu, (letter) => Array.from({ length: letter.length }, (_, unit) => `\\u${letter.charCodeAt(unit).toString(16).padStart(4, '0')}`).join(''));
    if (ascii !== text) writeFileSync(path, ascii);
  }
}
