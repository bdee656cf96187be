import type { default as SharpModule } from 'sharp';
import sodium, { type Sodium } from 'sodium-native';

export type { Sodium };

/**
 * The one place where native modules are loaded, so that a bundle can bring them from somewhere else. (better-sqlite3 is
 * the store's own: nobody else may import it.)
 */
export function loadSodium(): Sodium {
  return sodium;
}

export type Sharp = typeof SharpModule;

/**
 * Loaded at the first picture: it costs memory that an instance without pictures need not pay. Of libvips' many readers
 * only four stay on, so that no SVG, PDF or ImageMagick parser ever sees what somebody uploads.
 */
export async function loadSharp(): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  // Pictures are seen once, so a cache only keeps memory; one thread per picture keeps the server answering.
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif'] });
  return sharp;
}
