/** A browser reduced to cookies and forms, over real HTTP against a running program. */
export interface Client {
  get(path: string): Promise<{ status: number; body: string }>;
  /** Sends a form with the token of its page; gives where it leads. */
  post(path: string, fields: Record<string, string>): Promise<{ status: number; location: string; body: string }>;
  fetch(path: string): Promise<Response>;
}

export function clientOf(url: string): Client {
  const cookies = new Map<string, string>();
  const send = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(url + path, { ...init, redirect: 'manual', headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split('=', 2);
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const client: Client = {
    fetch: (path) => send(path),
    async get(path) {
      const answer = await send(path);
      return { status: answer.status, body: await answer.text() };
    },
    async post(path, fields) {
      const from = cookies.has('session') ? '/settings' : path;
      const token = /name="_csrf" value="([^"]+)"/u.exec((await client.get(from)).body)?.[1] ?? '';
      const answer = await send(path, { method: 'POST', body: new URLSearchParams({ _csrf: token, ...fields }) });
      return { status: answer.status, location: answer.headers.get('location') ?? '', body: await answer.text() };
    },
  };
  return client;
}
