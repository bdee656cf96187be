import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpenAPIBackend, type Document, type OpenAPIValidator } from 'openapi-backend';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishOnce, trialOf, withTrial } from '../../testing/trial.ts';
import { approveAt } from '../fake/oauth.ts';
import type { FakeAnswer, FakeRequest } from '../fake/server.ts';
import { connect, scopes } from './connect.ts';
import { startFakeX, type FakeX } from './fake.ts';
import { look } from './look.ts';
import { clockOf, gif, image, ioOf, jobOf, patient, run, start, text } from './samples.ts';
import { subject } from './subject.ts';

// Requests and the fake's answers against X's own OpenAPI document. It has no open licence and is not kept here.
const document = join(import.meta.dirname, '../../../../shared/specs/x/x-api-v2-openapi.json');
const seen = existsSync(document);
if (!seen) console.log('x: skipped the comparison with the OpenAPI document, which is not at ../shared/specs');

interface Operation { operationId: string; security?: Record<string, string[]>[] }
type Paths = Record<string, Record<string, Operation>>;

/** What this adapter calls, by method and path of the document. */
const operations = {
  getUsersMe: ['get', '/2/users/me'], createPosts: ['post', '/2/tweets'], getUsersPosts: ['get', '/2/users/{id}/tweets'],
  mediaUpload: ['post', '/2/media/upload'], getMediaUploadStatus: ['get', '/2/media/upload'], initializeMediaUpload: ['post', '/2/media/upload/initialize'],
  appendMediaUpload: ['post', '/2/media/upload/{id}/append'], finalizeMediaUpload: ['post', '/2/media/upload/{id}/finalize'], createMediaMetadata: ['post', '/2/media/metadata'],
} as const;

describe.skipIf(!seen)('the OpenAPI document of X', () => {
  const whole = seen ? (JSON.parse(readFileSync(document, 'utf8')) as { info: { version: string }; paths: Paths }) : { info: { version: '' }, paths: {} };
  const paths: Paths = {};
  for (const [method, path] of Object.values(operations)) paths[path] = { ...paths[path], [method]: whole.paths[path]?.[method] as Operation };
  let validator: OpenAPIValidator | undefined;
  beforeAll(async () => {
    const definition = { ...whole, paths } as unknown as Document;
    const backend = new OpenAPIBackend({ definition, quick: true, ajvOpts: { strict: false, formats: { int32: true, int64: true, binary: true, byte: true, 'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/u } }, coerceTypes: true });
    await backend.init();
    ({ validator } = backend);
  });
  const used = new Set<string>();
  const answers = new Set<string>();

  /** What is wrong with a call or its answer by the document. */
  function problemsOf(request: FakeRequest, { status, body }: FakeAnswer): string[] {
    if (!request.path.startsWith('/2/') || request.path.startsWith('/2/oauth2/')) return [];
    const found = Object.entries(operations).find(([, [method, path]]) => method === request.method.toLowerCase() && new RegExp(`^${path.replaceAll(/\{\w+\}/gu, String.raw`\d+`)}$`, 'u').test(request.path));
    if (!found) return [`${request.method} ${request.path} is in no operation`];
    const [id] = found;
    used.add(id);
    const told = (errors: unknown) => JSON.stringify(errors);
    const asked = validator?.validateRequest({
      method: request.method, path: request.path, headers: request.headers, query: Object.fromEntries([...request.query].map(([name, value]) => [name, value.includes(',') ? value.split(',') : value])), body: bodyOf(request),
    });
    // Answers with a status of their own; what is refused has the shape of the default answer, which X itself does not keep to.
    answers.add(`${id} ${status}`);
    const answered = status < 300 ? validator?.validateResponse(body, id, status) : undefined;
    return [...(asked?.valid === false ? [`${id} asked: ${told(asked.errors)}`] : []), ...(answered?.valid === false ? [`${id} answered ${status}: ${told(answered.errors)}`] : [])];
  }

  function bodyOf(request: FakeRequest): unknown {
    const type = request.headers['content-type'] ?? '';
    if (type.startsWith('application/json')) return request.json();
    if (!type.startsWith('multipart/form-data')) return undefined;
    const names = Array.from(request.body.subarray(0, 4_096).toString('latin1').matchAll(/name="(\w+)"(?:; filename="[^"]*")?(?:\r\n[^\r\n]+)*\r\n\r\n([^\r\n]*)/gu), ([, name = '', value = '']) => [name, name === 'segment_index' ? Number(value) : name === 'media' ? 'bytes' : value] as const);
    return Object.fromEntries(names);
  }

  /** Watches a fake from now on. */
  function watched(fake: FakeX): string[] {
    const problems: string[] = [];
    fake.state.watch = (request, answer) => { problems.push(...problemsOf(request, answer)); };
    return problems;
  }

  it('is the version that the limits were taken from', () => expect(whole.info.version).toBe('2.167'));

  it.each(subject.cases)('agrees with what is sent and answered: $name', async (of) => {
    await withTrial(await trialOf(subject, of), async (trial) => {
      const problems = watched(trial.fake as FakeX);
      trial.fake.fault({ path: /tweets/u, kind: { lie: { status: 500, body: 'oops' } } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(problems).toEqual([]);
    });
  });

  it('agrees with connecting, GIFs, polls, labels, long posts and looking', async () => {
    const clock = clockOf();
    const fake = await startFakeX({ now: clock.now });
    try {
      const problems = watched(fake);
      const asked = { redirectUri: 'https://post.example/integrations/social/x', codeVerifier: 'a-verifier-of-at-least-forty-three-characters-long' };
      const codeChallenge = createHash('sha256').update(asked.codeVerifier).digest('base64url');
      const { url } = await connect.authorizeUrl({ input: {}, redirectUri: asked.redirectUri, state: 'the-state-of-it', codeChallenge }, ioOf(fake));
      await connect.exchange({ ...asked, code: await approveAt(fake, url), memo: null }, ioOf(fake));
      fake.state.user.subscription = 'Premium';
      const long = `${'Long. '.repeat(100)} https://example.com/ & more`;
      await run(fake, jobOf(fake, [text('Moves', gif('A wave')), text(long, image('A dot'))], { reply_settings: 'verified', made_with_ai: true, paid_partnership: true }), {
        steps: patient(clock), image: (id) => ({ bytes: Buffer.alloc(1_000, 'x'), file: { type: id === 'gif' ? 'image/gif' : 'image/png', width: 1, height: 1, name: 'a' } }),
      });
      await run(fake, jobOf(fake, [text('Which?')], { format: 'poll', poll1: 'One', poll2: 'Two' }));
      for (let n = 0; n < 6; n += 1) fake.posts.add({ text: `Number ${n}`, mediaIds: [], replyTo: null, root: '', poll: null, replySettings: null, madeWithAi: false, paidPartnership: false });
      expect(await look(jobOf(fake, [text(long)]), { text: long, mediaIds: [...(fake.posts.posts[1]?.mediaIds ?? [])], root: fake.ledger[0]?.id ?? '' }, start, ioOf(fake))).toMatchObject({ found: {} });
      expect(problems).toEqual([]);
    } finally {
      await fake.close();
    }
  });

  it('asks for no scope more, and for every scope that its calls want', () => {
    const wanted = Object.values(operations).flatMap(([method, path]) => whole.paths[path]?.[method]?.security?.find((one) => one['OAuth2UserToken'])?.['OAuth2UserToken'] ?? []);
    expect(new Set([...wanted, 'offline.access'])).toEqual(new Set(scopes));
  });

  it('would notice what the document does not have', () => {
    const ask = (method: string, path: string, body: unknown, query: Record<string, string> = {}) => validator?.validateRequest({ method, path, headers: {}, body, query }).valid;
    expect(ask('post', '/2/tweets', { text: 'a' })).toBe(true);
    expect(ask('post', '/2/tweets', { text: 'a', title: 'b' })).toBe(false);
    expect(ask('post', '/2/tweets', { text: 'a', poll: { options: ['a'], duration_minutes: 60 } })).toBe(false);
    expect(ask('post', '/2/media/upload/1/append', { media: 'bytes', segment_index: 1_000 })).toBe(false);
    expect(ask('get', '/2/users/1/tweets', undefined, { max_results: '4' })).toBe(false);
    expect(validator?.validateResponse({ data: { id: 1, text: 'a' } }, 'createPosts', 201).valid).toBe(false);
    expect(validator?.validateResponse({ data: { id: '1', processing_info: { state: 'pending', error: {} } } }, 'finalizeMediaUpload', 200).valid).toBe(false);
  });

  afterAll(() => {
    // Every operation that is used was seen, with an answer that is one.
    expect([...used].sort()).toEqual(Object.keys(operations).sort());
    expect([...answers].filter((each) => / 20[01]$/u.test(each))).toHaveLength(Object.keys(operations).length);
  });
});
