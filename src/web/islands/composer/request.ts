import type { ComposerState, KeepTrouble } from '../../composer/model/data.ts';

/** Asks our own server for JSON; throws when it does not give any. */
export async function json<T>(url: string, fields?: Record<string, string>): Promise<T> {
  const answer = await fetch(url, { headers: { accept: 'application/json' }, ...(fields && { method: 'POST', body: new URLSearchParams(fields) }) });
  if (!answer.headers.get('content-type')?.includes('json') || answer.status >= 500) throw new Error(`${url} answered ${answer.status}`);
  return (await answer.json()) as T;
}

/** The token of a page that is opened now, where it would be for the same person and workspace: somebody has logged in anew. */
export async function tokenFor(owner: string): Promise<{ csrf: string } | { trouble: KeepTrouble }> {
  const answer = await fetch('/posts/new', { redirect: 'manual' });
  if (answer.type === 'opaqueredirect') return { trouble: 'logged_out' };
  if (answer.status === 403) return { trouble: 'not_allowed' };
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const said = page.querySelector<HTMLElement>('#composer')?.dataset['state'];
  if (said === undefined) return { trouble: 'failed' };
  const { data } = JSON.parse(said) as ComposerState;
  return data.owner === owner ? { csrf: data.csrf } : { trouble: 'elsewhere' };
}
