import { OpenAPIBackend, type Document, type OpenAPIValidator } from 'openapi-backend';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishOnce, trialOf, withTrial } from '../../testing/trial.ts';
import { fakeIo } from '../fake/io.ts';
import { approveAt } from '../fake/oauth.ts';
import type { FakeAnswer, FakeRequest } from '../fake/server.ts';
import { composing } from './composing.ts';
import { connect, scopes } from './connect.ts';
import { startFakePinterest, type FakePinterest } from './fake.ts';
import document from './fake/pinterest-openapi.json' with { type: 'json' };
import { refresh } from './session.ts';
import { setup } from './setup.ts';
import { settings, subject, withSection } from './subject.ts';
import { targets } from './targets.ts';

// Requests and the fake's answers against Pinterest's own description of its API, with every object closed.

const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { operationId }]) =>
  ({ id: operationId, method, matches: new RegExp(`^${path.replaceAll(/\{\w+\}/gu, String.raw`\d+`)}$`, 'u') })));
let validator: OpenAPIValidator;
beforeAll(async () => {
  const backend = new OpenAPIBackend({
    definition: document as unknown as Document, quick: true, coerceTypes: true, ajvOpts: { strict: false, formats: { 'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/u } },
  });
  await backend.init();
  ({ validator } = backend);
});
const used = new Set<string>();

function problemsOf(request: FakeRequest, { status, body }: FakeAnswer): string[] {
  if (!request.path.startsWith('/v5/')) return [];
  const path = request.path.slice('/v5'.length);
  const found = operations.find(({ method, matches }) => method === request.method.toLowerCase() && matches.test(path));
  if (!found) return [`${request.method} ${path} is in no operation`];
  if (status < 300) used.add(found.id);
  const type = request.headers['content-type'] ?? '';
  const sent = type === 'application/json' ? request.json() : type.startsWith('application/x-www-form') ? Object.fromEntries(request.form()) : undefined;
  const asked = validator.validateRequest({ method: request.method, path, headers: request.headers, query: Object.fromEntries(request.query), body: sent });
  const answered = validator.validateResponse(body, found.id, status < 300 ? status : undefined);
  return [
    ...(asked.valid ? [] : [`${found.id} asked: ${JSON.stringify(asked.errors)}`]),
    ...(answered.valid ? [] : [`${found.id} answered ${status}: ${JSON.stringify(answered.errors)}`]),
  ];
}

function watched(fake: FakePinterest): string[] {
  const problems: string[] = [];
  fake.state.watch = (request, answer) => { problems.push(...problemsOf(request, answer)); };
  return problems;
}

describe('pinterest: its own description of the API', () => {
  it.each(subject.cases)('agrees with what is sent and answered, a look included: $name', async (of) => {
    await withTrial(await trialOf(subject, of), async (trial) => {
      const problems = watched(trial.fake as FakePinterest);
      trial.fake.fault({ method: 'POST', path: /\/pins/u, kind: { lie: { status: 500, body: 'oops' } } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(problems).toEqual([]);
    });
  });

  it('agrees with large carousels, pictures that are fetched and covers', async () => {
    const large = { bytes: Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex'), Buffer.alloc(6_000_000)]), file: { type: 'image/png' as const, width: 1, height: 1, name: 'a.png' } };
    const cases = [
      { name: 'carousel', parts: [{ text: 'Two', images: ['', ''] }], options: { board: withSection }, visible: 1 },
      { name: 'cover', parts: [{ text: '', videos: [{}] }], options: { board: withSection, cover: 'c' }, visible: 1 },
    ];
    for (const of of cases) {
      await withTrial(await trialOf(subject, of, 30_000), async (trial) => {
        const problems = watched(trial.fake as FakePinterest);
        const io = trial.io.bind(trial);
        trial.io = (...given) => (id, workspace) => ({ ...io(...given)(id, workspace), image: async () => ({ ...large.file, size: large.bytes.length, open: async function* () { yield large.bytes; } }) });
        expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
        expect(problems).toEqual([]);
      });
    }
  });

  it('agrees with connecting, refreshing, composing and the operator\'s test, and with what is refused', async () => {
    const fake = await startFakePinterest();
    try {
      const problems = watched(fake);
      const io = fakeIo({ upstreams: fake.upstreams, settings });
      const redirectUri = 'https://post.example/integrations/social/pinterest';
      const { url, memo } = await connect.authorizeUrl({ input: {}, redirectUri, state: 'the-state', codeChallenge: 'x' }, io);
      const { grant } = await connect.exchange({ code: await approveAt(fake, url), redirectUri, codeVerifier: 'x', memo }, io);
      const renewed = await refresh(grant, io);
      await targets(renewed.grant, io);
      await composing(renewed.grant, { remoteId: '1' }, io);
      await setup.test?.(io);
      await expect(targets(grant, io)).rejects.toThrow();
      expect(problems).toEqual([]);
    } finally {
      await fake.close();
    }
  });

  it('asks for the scopes that its calls want, and for no other', () => {
    const wanted = Object.values(document.paths).flatMap((methods) => Object.values(methods)).flatMap(({ security }) => (security as Record<string, string[]>[]).flatMap((one) => one['pinterest_oauth2'] ?? []));
    expect(new Set(wanted)).toEqual(new Set(scopes));
  });

  it('would notice what the description does not have', () => {
    const ask = (body: object) => validator.validateRequest({ method: 'post', path: '/pins', headers: {}, query: {}, body }).valid;
    const source = { source_type: 'image_base64', content_type: 'image/png', data: 'AAAA' };
    expect(ask({ board_id: '1', media_source: source })).toBe(true);
    expect(ask({ board_id: '1', alttext: 'a', media_source: source })).toBe(false);
    expect(ask({ board_id: '1', title: 'a'.repeat(101), media_source: source })).toBe(false);
    expect(ask({ board_id: '1', media_source: { ...source, alt: 'a' } })).toBe(false);
    expect(ask({ board_id: '1', media_source: { source_type: 'multiple_image_base64', items: [source] } })).toBe(false);
    expect(ask({ board_id: 'mine', media_source: source })).toBe(false);
    expect(validator.validateResponse({ id: 1, media_id: '1' }, 'pins/create', 201).valid).toBe(false);
  });

  const whole = join(import.meta.dirname, '../../../../shared/specs/pinterest/pinterest-v5-openapi.json');
  it.skipIf(!existsSync(whole))('is cut from the whole one, where that is at ../shared/specs', () => {
    const { info, paths } = JSON.parse(readFileSync(whole, 'utf8')) as { info: { version: string }; paths: Record<string, Record<string, { operationId: string; 'x-sandbox': string }>> };
    expect(document.info.version).toBe(info.version);
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) expect(paths[path]?.[method]).toMatchObject({ operationId: operation.operationId, 'x-sandbox': 'enabled' });
    }
  });

  afterAll(() => { expect(used).toEqual(new Set(operations.map(({ id }) => id))); });
});
