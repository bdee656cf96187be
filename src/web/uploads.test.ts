import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../lib/ids.ts';
import { signedUp, testApp, visitor, type TestApp, type Visitor } from '../testing/app.ts';

// Forms with files, as browsers send them.

let app: TestApp;
let ada: Visitor;
beforeAll(async () => {
  app = await testApp();
  ada = await signedUp(app);
});
afterAll(() => app.close());

it('the longest thread, written anew for twenty channels, is one form: each part has a place for files, and an empty one sends an empty file', async () => {
  const parts = Array.from({ length: 50 }, (_, n) => n);
  const channels = Array.from({ length: 20 }, () => newId(Date.now()));
  const fields = {
    intent: 'draft', at: '2026-12-01T10:00',
    ...Object.fromEntries(parts.flatMap((n) => [[`part.${n}.text`, `Part ${n}`], [`part.${n}.wait`, '']])),
    ...Object.fromEntries(channels.flatMap((id) => [[`own.${id}`, 'on'], ...parts.map((n) => [`own.${id}.part.${n}`, `Part ${n} for them`]), ...parts.map((n) => [`option.${id}.field${n}`, 'x'])])),
  };
  const sent = await ada.upload('/posts', parts.map((n) => ({ name: `part.${n}.files`, filename: '', bytes: Buffer.alloc(0) })), fields);
  expect([sent.statusCode, /^\/posts\/[\da-f-]{36}\/edit$/u.test(String(sent.headers.location))]).toEqual([303, true]);
  expect((await ada.get(String(sent.headers.location))).body).toContain('Part 50 of 50');
});

it('more words than a form can mean are not all held, whoever sends them', async () => {
  const fields = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`field${n}`, 'x'.repeat(190_000)]));
  for (const [who, url] of [[ada, '/posts'], [visitor(app), '/login']] as const) {
    const answer = await who.upload(url, [], fields);
    expect([url, answer.statusCode, answer.body.includes('That was more than one form can hold.')]).toEqual([url, 413, true]);
  }
});
