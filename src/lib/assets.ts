import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** What the program reads at run time besides DATA_DIR. Names are like `public/app.css`; anything else is a bug and throws. */
export interface Assets {
  read(name: string): Promise<Buffer>;
  /** For those who serve files themselves. */
  path(name: string): string;
  /** Names of the files right inside a folder, sorted; empty when there is no such folder. */
  list(directory: string): Promise<string[]>;
}

/** `root` is the folder that holds `migrations/` and `public/`. */
export function createAssets(root: string): Assets {
  const path = (name: string) => resolve(root, checked(name));
  return {
    path,
    read: async (name) => readFile(path(name)),
    list: async (directory) => {
      const entries = await readdir(path(directory), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      return entries.filter((entry) => entry.isFile()).map((entry) => `${directory}/${entry.name}`).sort();
    },
  };
}

/** Only plain names below the two folders: no dot at the start of a segment, so no `..` and no hidden file either. */
function checked(name: string): string {
  if (!/^(?:migrations|public)(?:\/[\w@+-][\w@+.-]*)*$/u.test(name)) throw new Error(`Not the name of an asset: ${name}`);
  return name;
}
