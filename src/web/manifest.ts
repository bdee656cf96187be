import type { Assets } from '../lib/assets.ts';

/** Path of a built file by its plain name, e.g. `app.css` or `islands/composer.js`. */
export type Manifest = (name: string) => string;

/** Read once at start; a run without a build has plain names. */
export async function readManifest(assets: Assets): Promise<Manifest> {
  const built = (await assets.list('public')).includes('public/manifest.json')
    ? (JSON.parse((await assets.read('public/manifest.json')).toString('utf8')) as Record<string, string>)
    : {};
  return (name) => `/assets/${built[name] ?? name}`;
}
