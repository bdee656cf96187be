/** How to take back what was done to some posts. Versions are those after it: what changed since is left alone. */
export type UndoNote =
  /** Without zone and wall: it had no time. */
  | { kind: 'move'; posts: { id: string; version: number; zone: string | null; wall: string | null }[] }
  | { kind: 'schedule'; posts: { id: string; version: number }[] }
  | { kind: 'delete'; posts: { id: string }[] }
  | { kind: 'label'; posts: { id: string; labelIds: string[] }[] }
  /** Here the ids are those of files. */
  | { kind: 'label_files'; posts: { id: string; labelIds: string[] }[] };
