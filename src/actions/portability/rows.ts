import type { Content } from '../../domain/post.ts';
import type { Store } from '../../store/index.ts';
import type { Subject } from '../../store/privacy/portable.ts';

type Row = Record<string, unknown>;

const pageSize = 500;

/** All rows of one file, a page at a time. */
export async function* rowsOf(store: Store, subject: Subject, file: string): AsyncGenerator<Row[]> {
  for (let after: number | null = 0; after !== null;) {
    const page: { rows: Row[]; next: number | null } = await store.portable.page(subject, file, after, pageSize);
    if (page.rows.length > 0) yield page.rows;
    after = page.next;
    // Pages of the web come in between.
    await new Promise((resolve) => { setImmediate(resolve); });
  }
}

/** A list with one row per line: JSON as a whole, and readable line by line. */
export async function* jsonOf(pages: AsyncIterable<Row[]>, counted: (rows: number) => void): AsyncGenerator<string> {
  let begun = false;
  for await (const rows of pages) {
    yield `${begun ? ',\n' : '[\n'}${rows.map((row) => JSON.stringify(row)).join(',\n')}`;
    begun = true;
    counted(rows.length);
  }
  yield begun ? '\n]\n' : '[]\n';
}

/** RFC 4180, with a mark for spreadsheets that it is UTF-8. */
export async function* csvOf(head: readonly string[], pages: AsyncIterable<Row[]>, line: (row: Row) => readonly unknown[]): AsyncGenerator<string> {
  yield `\uFEFF${head.join(',')}\r\n`;
  for await (const rows of pages) yield rows.map((row) => `${line(row).map(cell).join(',')}\r\n`).join('');
}

function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : `${value as number | boolean}`;
  // What a spreadsheet would take for a formula is marked as text.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const instant = (value: unknown) => (typeof value === 'number' ? new Date(value).toISOString() : '');

export const postsHead = ['id', 'state', 'time', 'wall_time', 'zone', 'text', 'media', 'created', 'changed'] as const;
export function postLine({ id, state, at, wall, zone, content, createdAt, updatedAt }: Row): unknown[] {
  const { parts } = content as Content;
  const media = parts.flatMap((part) => part.media.map(({ mediaId }) => mediaId));
  return [id, state, instant(at), wall, zone, parts.map(({ text }) => text).join('\n\n'), media.join(' '), instant(createdAt), instant(updatedAt)];
}

export const publicationsHead = ['id', 'post', 'network', 'channel', 'state', 'planned', 'published', 'address', 'id_there', 'reason'] as const;
export function publicationLine(channels: ReadonlyMap<string, string>) {
  return ({ id, postId, provider, channelId, status, scheduledFor, publishedAt, url, remoteId, failure }: Row): unknown[] =>
    [id, postId, provider, channels.get(String(channelId)) ?? channelId, status, instant(scheduledFor), instant(publishedAt), url, remoteId, (failure as { message?: string } | null)?.message];
}
