import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Deps } from '../../deps.ts';

type FileDeps = Pick<Deps, 'store' | 'config'>;

const folderOf = ({ dataDir }: Deps['config'], kind: 'exports' | 'imports') => join(dataDir, kind);

/** Where the file of a copy lies. */
export async function copyPath({ config }: Pick<Deps, 'config'>, id: string): Promise<string> {
  const folder = folderOf(config, 'exports');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${id}.zip`);
}

/** Where an archive lies that somebody brought. */
export async function archivePath({ config }: Pick<Deps, 'config'>, id: string): Promise<string> {
  const folder = folderOf(config, 'imports');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${id}.zip`);
}

export async function removeCopies(deps: FileDeps, about: { userId?: string; workspaceId?: string }): Promise<void> {
  for (const id of await deps.store.copies.about(about)) await removeFile(await copyPath(deps, id));
}

export async function removeArchives(deps: FileDeps, about: { userId?: string; workspaceId?: string }): Promise<void> {
  for (const id of await deps.store.imports.about(about)) await removeFile(await archivePath(deps, id));
}

/** Also what a death has left of it half-made. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}.part`, { force: true });
}

/** The file of a copy, read piece by piece; null when it is not there. */
export async function openCopy({ config }: Pick<Deps, 'config'>, id: string): Promise<{ size: number; stream: Readable } | null> {
  const handle = await open(await copyPath({ config }, id)).catch(() => null);
  return handle && { size: (await handle.stat()).size, stream: handle.createReadStream() };
}

/** Removes copies whose time is over, archives that nobody needs any more, and files without a row. */
export async function sweepPortability({ store, config, now }: FileDeps & Pick<Deps, 'now'>, keepMs: number): Promise<void> {
  for (const { id } of await store.copies.over(now())) {
    await removeFile(await copyPath({ config }, id));
    await store.copies.gone(id);
  }
  await store.imports.forgetBefore(now() - keepMs);
  for (const [kind, wanted] of [['exports', await store.copies.ids()], ['imports', await store.imports.open()]] as const) {
    const folder = folderOf(config, kind);
    const names = await readdir(folder).catch(() => []);
    for (const name of names) if (!wanted.has(name.split('.', 1)[0] ?? '')) await rm(join(folder, name), { force: true });
  }
}
