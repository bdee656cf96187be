import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleVideoStream } from '../../media/samples/video-samples.ts';
import { password } from '../../testing/app.ts';
import { startProgram, type Program } from '../../testing/program.ts';

// In the program itself, over a real port: what the tests' own server is sent is in memory before it begins.

const bytes = 200_000_000;
const mostGrowth = 64 * 1024 * 1024;

let program: Program;
let csrf: string;
const cookies = new Map<string, string>();
const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

async function visit(path: string, fields?: Record<string, string>): Promise<void> {
  const answer = await fetch(program.url + path, {
    redirect: 'manual', headers: { cookie: cookie() },
    ...(fields && { method: 'POST', body: new URLSearchParams({ _csrf: csrf, ...fields }) }),
  });
  for (const line of answer.headers.getSetCookie()) {
    const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
    cookies.set(name, value);
  }
  csrf = /name="_csrf" value="([^"]+)"/u.exec(await answer.text())?.[1] ?? csrf;
}

beforeAll(async () => {
  program = await startProgram();
  await visit('/signup');
  await visit('/signup', { name: 'Ada', email: 'ada@example.org', password, zone: 'UTC' });
  await visit('/settings');
}, 60_000);
afterAll(() => program.close());

/** Resident memory of the program in bytes: now, and the most it ever was. */
function memory(): { now: number; most: number } {
  const status = readFileSync(`/proc/${program.pid()}/status`, 'utf8');
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'mu').exec(status)?.[1]) * 1024;
  return { now: of('VmRSS'), most: of('VmHWM') };
}

async function upload(file: AsyncIterable<Buffer>, size: number): Promise<{ status: number; body: string }> {
  const boundary = 'x-large-boundary';
  const part = (head: string) => Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`);
  const begin = Buffer.concat([part('name="_csrf"'), Buffer.from(`${csrf}\r\n`), part('name="media"; filename="film.mp4"')]);
  const end = Buffer.from(`\r\n--${boundary}--\r\n`);
  const outgoing = request(`${program.url}/media`, {
    method: 'POST', headers: {
      cookie: cookie(), accept: 'application/json', 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': begin.length + size + end.length,
    },
  });
  const answered = new Promise<{ status: number; body: string }>((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', (answer) => void Readable.from(answer).toArray().then((chunks: Buffer[]) =>
      resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }), reject));
  });
  const body = (async function* () {
    yield begin;
    yield* file;
    yield end;
  })();
  const [sent, answer] = await Promise.allSettled([pipeline(Readable.from(body), outgoing), answered]);
  if (sent.status === 'rejected') throw sent.reason;
  if (answer.status === 'rejected') throw answer.reason;
  return answer.value;
}

/** Reads an answer and says how many bytes came; a pause (ms) lies after the first. */
async function download(path: string, headers: Record<string, string>, pause: number): Promise<{ status: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    request(program.url + path, { headers: { cookie: cookie(), ...headers } }, (answer) => {
      let got = 0;
      answer.on('data', (chunk: Buffer) => {
        if (got === 0 && pause > 0) {
          answer.pause();
          setTimeout(() => answer.resume(), pause);
        }
        got += chunk.length;
      });
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, bytes: got }));
      answer.once('error', reject);
    }).once('error', reject).end();
  });
}

it('a video of 200 MB comes in and goes out without being held in memory', async () => {
  // What is loaded at the first video is not what is asked about.
  expect(await upload(sampleVideoStream({ bytes: 1_000_000 }), 1_000_000)).toMatchObject({ status: 201 });
  const before = memory().now;
  const { status, body } = await upload(sampleVideoStream({ bytes, durationMs: 60_000, width: 1920, height: 1080 }), bytes);
  expect(status).toBe(201);
  const { media: [film] } = JSON.parse(body) as { media: { id: string; kind: string; durationMs: number }[] };
  expect(film).toMatchObject({ kind: 'video', durationMs: 60_000 });
  expect(await download(`/media/${film?.id ?? ''}`, {}, 400)).toEqual({ status: 200, bytes });
  expect(await download(`/media/${film?.id ?? ''}`, { range: 'bytes=100000000-' }, 0)).toEqual({ status: 206, bytes: bytes - 100_000_000 });
  const grown = memory().most - before;
  process.stdout.write(`200 MB in and out: resident memory grew by ${Math.round(grown / 1_000_000)} MB\n`);
  expect(grown).toBeLessThan(mostGrowth);
}, 120_000);

it('a client that goes away in the middle leaves nothing, and the server goes on', async () => {
  const broken = (async function* () {
    let given = 0;
    for await (const chunk of sampleVideoStream({ bytes: 30_000_000 })) {
      given += chunk.length;
      if (given > 15_000_000) throw new Error('the line is cut');
      yield chunk;
    }
  })();
  await expect(upload(broken, 30_000_000)).rejects.toThrow('the line is cut');
  await expect.poll(() => readdirSync(join(program.dataDir, 'media/tmp'))).toEqual([]);
  expect(await upload(sampleVideoStream({ bytes: 100_000 }), 100_000)).toMatchObject({ status: 201 });
});
