/** How far a copy of somebody's data is. */
export const copyStates = ['waiting', 'making', 'ready', 'failed', 'gone'] as const;
export type CopyState = (typeof copyStates)[number];

/** How far an archive of another instance is. */
export const importStates = ['shown', 'running', 'done', 'failed'] as const;
export type ImportState = (typeof importStates)[number];

/** The form of an archive; another one is not taken in. */
export const archiveVersion = 1;

/** `about.json` of an archive. */
export interface ArchiveAbout {
  archive: string;
  version: number;
  about: 'person' | 'workspace';
  /** Where it comes from. */
  instance: string;
  madeAt: string;
}
