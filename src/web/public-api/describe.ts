import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { mayRead, type ApiContext } from './context.ts';
import { creation, days, fromUrl, page, range, release, settingsChange, statusChange, trigger } from './schemas.ts';

interface Call {
  what: string;
  body?: z.ZodType;
  query?: z.ZodType;
  answer: string;
  status?: 201;
}

/** Every call in a line; the shapes of what is sent come from what checks them. */
const calls: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
  '/is-connected': { get: { what: 'Is the key good?', answer: '{connected: true}' } },
  '/integrations': { get: { what: 'The channels of the workspace.', answer: '[{id, name, identifier, picture, disabled, profile}]' } },
  '/integrations/{id}': { delete: { what: 'Disconnects a channel and cancels what waits for it.', answer: '{id}' } },
  '/groups': { get: { what: 'Groups of channels: none here.', answer: '[]' } },
  '/integration-settings/{id}': { get: { what: 'What the network takes, its settings as a JSON schema, and what can be asked of it.', answer: '{output: {rules, maxLength, settings, tools}}' } },
  '/integration-trigger/{id}': { post: { what: 'Asks the network for the choices of a setting: boards, flairs, audiences.', body: trigger, answer: '{output: [{id, name}]}' } },
  '/social/{integration}': { get: { what: 'Where a person connects a channel; `?refresh=ID` connects one anew.', answer: '{url}' } },
  '/find-slot/{id}': { get: { what: 'The next minute for which nothing is scheduled, in UTC.', answer: '{date}' } },
  '/posts': {
    get: { what: 'Posts between two instants, each channel of a post by itself.', query: range, answer: '{posts: [{id, content, publishDate, releaseURL, releaseId, state, group, settings, integration}]}' },
    post: { what: 'Makes a post for one channel or several. `Idempotency-Key` makes sending it again harmless for a day.', body: creation, answer: '[{postId, integration}]', status: 201 },
  },
  '/posts/{id}': { delete: { what: 'Deletes a post on all its channels. What is out stays on record.', answer: '{id}' } },
  '/posts/group/{group}': { delete: { what: 'The same, by its group.', answer: '{id}' } },
  '/posts/{id}/status': { put: { what: 'Schedules a draft, or makes a scheduled post a draft, on all its channels.', body: statusChange, answer: '{id, state}' } },
  '/posts/{id}/settings': { put: { what: 'Lays settings over those of one channel of a post.', body: settingsChange, answer: '{postId, publishDate}' } },
  '/posts/{id}/release-id': { put: { what: 'Says under which id or address a post is out that nobody could tell of.', body: release, answer: 'the post' } },
  '/posts/{id}/missing': { get: { what: 'What could be such a post; networks outside are not asked.', answer: '[{id, url}]' } },
  '/upload': { post: { what: 'A picture or a video, as multipart/form-data in the field "file".', answer: '{id, name, path}', status: 201 } },
  '/upload-from-url': { post: { what: 'The same from a public https address.', body: fromUrl, answer: '{id, name, path}', status: 201 } },
  '/analytics/{integration}': { get: { what: 'How many posts went out each day.', query: days, answer: '[{label, data: [{total, date}], percentageChange}]' } },
  '/analytics/post/{id}': { get: { what: 'Numbers of a post: none are asked for.', query: days, answer: '[] or {missing: true}' } },
  '/notifications': { get: { what: 'What failed or needs a person.', query: page, answer: '{notifications: [{id, content, link, createdAt}], total, page, limit, hasMore}' } },
};

/** `GET openapi.json`: this API for programs that read before they call. */
export function describe(server: FastifyInstance, { publicUrl }: ApiContext) {
  server.get('/openapi.json', { config: mayRead }, async () => documentOf(`${publicUrl}${server.prefix}`));
}

export function documentOf(url: string): object {
  const paths = Object.fromEntries(Object.entries(calls).map(([path, methods]) => [path, Object.fromEntries(Object.entries(methods).map(([method, call]) => [method, operationOf(path, call)]))]));
  return {
    openapi: '3.1.0',
    info: { title: 'Post Master, public API', version: '1', description: 'Field-compatible with the public API of Postiz. Errors are JSON with statusCode, error, message and, for a post, problems.' },
    servers: [{ url }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'The key, bare or after "Bearer".' } } },
    paths,
  };
}

function operationOf(path: string, { what, body, query, answer, status }: Call): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const { properties = {}, required = [] } = query ? schemaOf(query) : {};
  const inQuery = Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
  const parameters = [...inPath, ...inQuery];
  return {
    summary: what,
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } } }),
    ...(path === '/upload' && { requestBody: { required: true, content: { 'multipart/form-data': { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] } } } } }),
    responses: { [status ?? 200]: { description: answer }, default: { description: 'Why not: {statusCode, error, message}' } },
  };
}

function schemaOf(schema: z.ZodType): { properties?: Record<string, unknown>; required?: string[] } {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
