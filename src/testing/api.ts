import type { LightMyRequestResponse } from 'fastify';
import { makeKey } from '../actions/keys/make-key.ts';
import type { Scope } from '../domain/actor.ts';
import { signedUp, type TestApp, type Visitor } from './app.ts';

/** A program with a key, as it calls the public API. */
export interface ApiClient {
  key: string;
  workspaceId: string;
  /** The person who made the key. */
  person: Visitor;
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  upload(bytes: Buffer, name: string): Promise<LightMyRequestResponse>;
}

/** Signs somebody up and makes a key of their workspace. Calls are made as Postiz's clients make them. */
export async function apiClient(app: TestApp, email = 'ada@example.org', scopes: readonly Scope[] = ['read', 'write'], prefix = '/public/v1'): Promise<ApiClient> {
  const person = await signedUp(app, email);
  const user = await app.deps.store.people.userByEmail(email);
  const workspaceId = (await app.deps.store.people.workspacesOf(user?.id ?? ''))[0]?.id ?? '';
  const made = await makeKey(app.deps, { workspaceId, userId: user?.id ?? null }, { name: 'test', scopes });
  if (!made.ok) throw new Error('no key was made');
  const { key } = made;
  return {
    key, workspaceId, person,
    call: (method, path, body, headers = {}) => app.server.inject({
      method, url: `${prefix}${path}`, headers: { authorization: key, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    }),
    upload(bytes, name) {
      const payload = Buffer.concat([
        Buffer.from(`--form-data-x\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`), bytes, Buffer.from('\r\n--form-data-x--\r\n'),
      ]);
      return app.server.inject({ method: 'POST', url: `${prefix}/upload`, headers: { authorization: key, 'content-type': 'multipart/form-data; boundary=form-data-x' }, payload });
    },
  };
}

/** A post as Postiz's own clients send it. */
export function postBody(channelIds: readonly string[], content: string | readonly string[], over: object = {}): object {
  return {
    type: 'schedule', date: new Date(Date.now() + 3_600_000).toISOString(), shortLink: true, tags: [],
    posts: channelIds.map((id) => ({ integration: { id }, value: [content].flat().map((text) => ({ content: text, image: [] })), settings: {} })), ...over,
  };
}

/** What an answer says, in the shape of `_like` or as it is named. */
export function read<T = unknown>(answer: Pick<LightMyRequestResponse, 'body'>, _like?: T): T {
  return JSON.parse(answer.body) as T;
}
