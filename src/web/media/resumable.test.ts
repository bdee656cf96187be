import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plain } from '../../media/samples/samples.ts';
import { sampleVideo } from '../../media/samples/video-samples.ts';
import { password } from '../../testing/app.ts';
import { startProgram, type Program } from '../../testing/program.ts';

// The tus protocol (1.0, tus.io/protocols/resumable-upload) against the program itself, so that connections can break.

interface Person { cookie: string; csrf: string }

let program: Program;
let ada: Person;
const video = sampleVideo({ bytes: 300_000, durationMs: 5_000, width: 640, height: 360 });
const half = 150_000;
beforeAll(async () => {
  program = await startProgram({ REGISTRATION: 'open' });
  ada = await person('ada@example.org');
}, 60_000);
afterAll(() => program.close());

async function person(email: string): Promise<Person> {
  const cookies = new Map<string, string>();
  let csrf = '';
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const visit = async (path: string, fields?: Record<string, string>) => {
    const answer = await fetch(program.url + path, { redirect: 'manual', headers: { cookie: cookie() }, ...(fields && { method: 'POST', body: new URLSearchParams({ _csrf: csrf, ...fields }) }) });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
      cookies.set(name, value);
    }
    csrf = /name="_csrf" value="([^"]+)"/u.exec(await answer.text())?.[1] ?? csrf;
  };
  await visit('/signup');
  await visit('/signup', { name: 'Ada', email, password, zone: 'UTC' });
  await visit('/settings');
  return { cookie: cookie(), csrf };
}

async function ask(method: string, path: string, { by = ada, headers = {}, body }: { by?: Person; headers?: Record<string, string>; body?: Buffer } = {}) {
  const answer = await fetch(program.url + path, {
    method, headers: { cookie: by.cookie, 'x-csrf-token': by.csrf, 'tus-resumable': '1.0.0', ...headers }, ...(body && { body: new Uint8Array(body) }),
  });
  return { status: answer.status, header: (name: string) => answer.headers.get(name), text: await answer.text() };
}

const named = (name: string) => ({ 'upload-metadata': `name ${Buffer.from(name).toString('base64')}` });
const offset = (at: number) => ({ 'upload-offset': String(at), 'content-type': 'application/offset+octet-stream' });

async function begin(bytes: Buffer, name = 'clip.mp4'): Promise<string> {
  const answer = await ask('POST', '/media/uploads', { headers: { 'upload-length': String(bytes.length), ...named(name) } });
  expect(answer.status).toBe(201);
  return new URL(answer.header('location') ?? '', program.url).pathname;
}

it('takes a file in pieces and puts it into the library once, however often it is asked', async () => {
  const at = await begin(video);
  expect((await ask('PATCH', at, { headers: offset(0), body: video.subarray(0, half) })).header('upload-offset')).toBe(String(half));
  expect((await ask('POST', `${at}/take`)).status).toBe(422);
  expect((await ask('PATCH', at, { headers: offset(7), body: video.subarray(7) })).status).toBe(409);
  expect((await ask('PATCH', at, { headers: offset(half), body: video.subarray(half) })).status).toBe(204);
  const takes = [await ask('POST', `${at}/take`), await ask('POST', `${at}/take`)].map(({ status, text }) => [status, JSON.parse(text) as { media: { id: string; name: string; kind: string }[] }] as const);
  expect(takes[0]).toEqual(takes[1]);
  expect(takes[0]?.[1].media).toMatchObject([{ name: 'clip.mp4', kind: 'video' }]);
  const id = takes[0]?.[1].media[0]?.id ?? '';
  expect((await ask('GET', `/media/${id}`)).status).toBe(200);
});

it('is taken in once by those who ask at the same time: whoever lost the answer asks again while the first is at work', async () => {
  const at = await begin(video);
  await ask('PATCH', at, { headers: offset(0), body: video });
  const takes = await Promise.all([0, 1, 2].map(async () => { const { status, text } = await ask('POST', `${at}/take`); return [status, text]; }));
  expect(takes).toEqual([takes[0], takes[0], takes[0]]);
  const { media: [taken] } = JSON.parse(String(takes[0]?.[1])) as { media: { id: string }[] };
  expect((await ask('GET', `/media/${taken?.id ?? ''}`)).status).toBe(200);
});

it('goes on where it broke off, after a cut connection and after the program was killed', async () => {
  const at = await begin(video);
  await new Promise<void>((resolve) => {
    const { hostname, port } = new URL(program.url);
    const sending = request({ hostname, port, path: at, method: 'PATCH', headers: { cookie: ada.cookie, 'x-csrf-token': ada.csrf, 'tus-resumable': '1.0.0', ...offset(0), 'content-length': video.length } });
    sending.once('error', () => resolve());
    sending.write(video.subarray(0, half), () => setTimeout(() => sending.destroy(new Error('cut')), 300));
  });
  await expect.poll(async () => Number((await ask('HEAD', at)).header('upload-offset'))).toBe(half);
  await program.kill('SIGKILL');
  await program.restart();
  const there = Number((await ask('HEAD', at)).header('upload-offset'));
  expect(there).toBe(half);
  expect((await ask('PATCH', at, { headers: offset(there), body: video.subarray(there) })).status).toBe(204);
  expect((await ask('POST', `${at}/take`)).status).toBe(201);
});

it('is its person’s alone', async () => {
  const grace = await person('grace@example.org');
  const at = await begin(video);
  expect((await ask('HEAD', at, { by: grace })).status).toBe(404);
  expect((await ask('PATCH', at, { by: grace, headers: { ...offset(0), 'x-upload-owner': 'somebody' }, body: video })).status).toBe(404);
  expect((await ask('DELETE', at, { by: grace })).status).toBe(404);
  expect((await ask('POST', `${at}/take`, { by: grace })).status).toBe(422);
  expect((await ask('HEAD', at)).header('upload-offset')).toBe('0');
});

it.each([
  ['without the form’s token', {}, 403, { 'x-csrf-token': '' }],
  ['for more than a video may have', { 'upload-length': '99000000000' }, 413, {}],
  ['without a length', {}, 400, {}],
])('is refused %s', async (_, more, status, over) => {
  const { 'upload-length': length, ...rest } = { ...(status === 403 && { 'upload-length': '5' }), ...more } as Record<string, string>;
  expect((await ask('POST', '/media/uploads', { headers: { ...(length && { 'upload-length': length }), ...rest, ...over } })).status).toBe(status);
});

it.each(['../../postmaster.db', 'no-such-upload', '01936000-0000-7000-8000-000000000000'])('knows nothing of %s', async (id) => {
  expect((await ask('HEAD', `/media/uploads/${encodeURIComponent(id)}`)).status).toBe(404);
  expect((await ask('POST', `/media/uploads/${encodeURIComponent(id)}/take`)).status).toBe(422);
});

it('keeps nothing of what is no picture and no video, nor of what was given up', async () => {
  const refused = await begin(Buffer.from('no picture'), 'notes.txt');
  await ask('PATCH', refused, { headers: offset(0), body: Buffer.from('no picture') });
  expect(JSON.parse((await ask('POST', `${refused}/take`)).text)).toMatchObject({ problems: [{ field: 'media', message: expect.any(String) as string }] });
  const given = await begin(await plain(40, 40).png().toBuffer(), 'dot.png');
  expect((await ask('DELETE', given)).status).toBe(204);
  const left = readdirSync(join(program.dataDir, 'media/tmp'));
  for (const at of [refused, given]) expect(left.filter((name) => name.startsWith(at.split('/').at(-1) ?? ''))).toEqual([]);
});
