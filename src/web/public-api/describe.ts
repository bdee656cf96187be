import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { apiDescription as t } from '../../domain/texts/refusals/api.ts';
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
  '/is-connected': { get: { what: t.isConnected, answer: '{connected: true}' } },
  '/integrations': { get: { what: t.integrations, answer: '[{id, name, identifier, picture, disabled, profile}]' } },
  '/integrations/{id}': { delete: { what: t.disconnect, answer: '{id}' } },
  '/groups': { get: { what: t.groups, answer: '[]' } },
  '/integration-settings/{id}': { get: { what: t.settings, answer: '{output: {rules, maxLength, settings, tools}}' } },
  '/integration-trigger/{id}': { post: { what: t.trigger, body: trigger, answer: '{output: [{id, name}]}' } },
  '/social/{integration}': { get: { what: t.connectUrl, answer: '{url}' } },
  '/find-slot/{id}': { get: { what: t.nextSlot, answer: '{date}' } },
  '/posts': {
    get: { what: t.list, query: range, answer: '{posts: [{id, content, publishDate, releaseURL, releaseId, state, group, settings, integration}]}' },
    post: { what: t.make, body: creation, answer: '[{postId, integration}]', status: 201 },
  },
  '/posts/{id}': { delete: { what: t.remove, answer: '{id}' } },
  '/posts/group/{group}': { delete: { what: t.removeGroup, answer: '{id}' } },
  '/posts/{id}/status': { put: { what: t.changeState, body: statusChange, answer: '{id, state}' } },
  '/posts/{id}/settings': { put: { what: t.changeSettings, body: settingsChange, answer: '{postId, publishDate}' } },
  '/posts/{id}/release-id': { put: { what: t.attach, body: release, answer: t.thePost } },
  '/posts/{id}/missing': { get: { what: t.missing, answer: '[{id, url}]' } },
  '/upload': { post: { what: t.upload, answer: '{id, name, path}', status: 201 } },
  '/upload-from-url': { post: { what: t.uploadFromUrl, body: fromUrl, answer: '{id, name, path}', status: 201 } },
  '/analytics/{integration}': { get: { what: t.analytics, query: days, answer: '[{label, data: [{total, date}], percentageChange}]' } },
  '/analytics/post/{id}': { get: { what: t.analyticsOfPost, query: days, answer: '[] or {missing: true}' } },
  '/notifications': { get: { what: t.notifications, query: page, answer: '{notifications: [{id, content, link, createdAt}], total, page, limit, hasMore}' } },
};

/** `GET openapi.json`: this API for programs that read before they call. */
export function describe(server: FastifyInstance, { publicUrl }: ApiContext) {
  server.get('/openapi.json', { config: mayRead }, async () => documentOf(`${publicUrl}${server.prefix}`));
}

export function documentOf(url: string): object {
  const paths = Object.fromEntries(Object.entries(calls).map(([path, methods]) => [path, Object.fromEntries(Object.entries(methods).map(([method, call]) => [method, operationOf(path, call)]))]));
  return {
    openapi: '3.1.0',
    info: { title: t.title, version: '1', description: t.about },
    servers: [{ url }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'Authorization', description: t.key } } },
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
    responses: { [status ?? 200]: { description: answer }, default: { description: t.whyNot } },
  };
}

function schemaOf(schema: z.ZodType): { properties?: Record<string, unknown>; required?: string[] } {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
