/** Asks our own server for JSON; throws when it does not give any. */
export async function json<T>(url: string, fields?: Record<string, string>): Promise<T> {
  const answer = await fetch(url, { headers: { accept: 'application/json' }, ...(fields && { method: 'POST', body: new URLSearchParams(fields) }) });
  if (!answer.headers.get('content-type')?.includes('json') || answer.status >= 500) throw new Error(`${url} answered ${answer.status}`);
  return (await answer.json()) as T;
}
