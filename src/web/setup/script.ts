import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Assets } from '../../lib/assets.ts';

/** `scripts/postmaster` of the clone that the pages' files lie in; null where the program came without one, as an image. */
export function scriptBeside(assets: Assets): string | null {
  const script = resolve(assets.path('public'), '../../scripts/postmaster');
  return existsSync(script) ? script : null;
}
