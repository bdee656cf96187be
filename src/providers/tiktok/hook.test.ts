import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HookRequest } from '../contract.ts';
import { fakeIo } from '../fake/io.ts';
import { webhookCall } from './fake/hooks.ts';
import { usualState } from './fake/state.ts';
import { answered, heardOf, sending, unknownPhoto } from './heard.ts';
import { hook } from './hook.ts';
import { settings } from './subject.ts';

const now = Date.UTC(2026, 10, 25, 12);
const state = { ...usualState, now: () => now };
const { openId } = state.user;
const ioOf = (more: Record<string, string> = {}, at = now) => fakeIo({ settings: { ...settings, ...more }, now: () => at });
const call = (event: string, content: object = {}, as: Parameters<typeof webhookCall>[3] = {}) => webhookCall(state, event, content, as);
const refused = { failure: { kind: 'rejected', code: 'signature' } };

describe('the webhook', () => {
  it('is signed as TikTok signs', async () => {
    // A vector made by the rule of the document, with the document's own body.
    const body = Buffer.from('{"client_key":"bwo2m45353a6k85","event":"authorization.removed","create_time":1615338610,"user_openid":"act.example12345Example12345Example","content":"{\\"reason\\": 1 }"}');
    const request: HookRequest = { body, contentType: 'application/json', headers: { 'tiktok-signature': 't=1633174587,s=10150e55afc90b3ba2b554d240f2bda986e19d2b7c89cdee56614b885017368c' } };
    const io = ioOf({ TIKTOK_CLIENT_ID: 'bwo2m45353a6k85', TIKTOK_CLIENT_SECRET: 'tiktok_client_secret_test' }, 1_633_174_587_000 + 299_000);
    expect(await hook(request, io)).toEqual({ events: [{ kind: 'deauthorized', accountId: 'act.example12345Example12345Example' }] });
  });

  it('tells of accounts that took the app off, whatever the reason', async () => {
    for (const reason of [0, 1, 2, 3, 4, 5]) expect(await hook(call('authorization.removed', { reason }), ioOf())).toEqual({ events: [{ kind: 'deauthorized', accountId: openId }] });
  });

  it.each(['post.publish.failed', 'post.publish.complete', 'post.publish.inbox_delivered', 'post.publish.publicly_available', 'post.publish.no_longer_publicaly_available'])('nudges what waits: %s', async (event) => {
    expect(await hook(call(event, { publish_id: 'v_pub_file~v2-1.1', publish_type: 'DIRECT_PUBLISH' }), ioOf())).toEqual({ events: [{ kind: 'nudge', accountId: openId }] });
  });

  it.each(['tiktok.ping', 'video.publish.completed', 'portability.download.ready', 'something.new'])('takes what is of no use here: %s', async (event) => {
    expect(await hook(call(event), ioOf())).toEqual({ events: [] });
  });

  it('takes a post event without a readable content, and the same event twice', async () => {
    const io = ioOf();
    expect(await hook(call('post.publish.complete', {}), io)).toEqual({ events: [{ kind: 'nudge', accountId: openId }] });
    for (let n = 0; n < 2; n += 1) await hook(call('post.publish.complete', { publish_id: 'p_pub_url~v2.1' }), io);
    expect(await unknownPhoto(openId, 'job', now, io)).toBe('p_pub_url~v2.1');
  });

  it('believes nobody else', async () => {
    const genuine = call('authorization.removed', { reason: 1 });
    const signature = genuine.headers['tiktok-signature'] ?? '';
    const forged: HookRequest[] = [
      call('authorization.removed', {}, { secret: 'another' }),
      { ...genuine, headers: {} },
      ...['', 't=1', 's=00', 't=x,s=00', signature.replace(/s=../u, 's=zz'), signature.slice(0, -2), `${signature}00`, signature.replace('t=', 't=0')].map((value) => ({ ...genuine, headers: { 'tiktok-signature': value } })),
      { ...genuine, body: Buffer.concat([genuine.body, Buffer.from(' ')]) },
    ];
    for (const request of forged) await expect(hook(request, ioOf())).rejects.toMatchObject(refused);
  });

  it('believes nothing old', async () => {
    const request = call('authorization.removed', {}, { at: now / 1000 });
    expect(await hook(request, ioOf({}, now + 300_000))).toMatchObject({ events: [{}] });
    await expect(hook(request, ioOf({}, now + 301_000))).rejects.toMatchObject(refused);
    await expect(hook(request, ioOf({}, now - 301_000))).rejects.toMatchObject(refused);
  });

  it('is for this instance\'s app alone, and must be readable', async () => {
    const body = Buffer.from('no json');
    const at = now / 1000;
    const s = createHmac('sha256', state.client.secret).update(`${at}.`).update(body).digest('hex');
    await expect(hook({ body, contentType: '', headers: { 'tiktok-signature': `t=${at},s=${s}` } }, ioOf())).rejects.toMatchObject({ failure: { code: 'not_ours' } });
    await expect(hook(webhookCall({ ...state, client: { ...state.client, id: 'another app' } }, 'tiktok.ping', {}), ioOf())).rejects.toMatchObject({ failure: { code: 'not_ours' } });
  });
});

describe('what is noted of posts', () => {
  it('tells a photo post that nobody knows from all others', async () => {
    const io = ioOf();
    await answered(openId, 'job', 'p_pub_url~v2.1', io);
    for (const id of ['p_pub_url~v2.1', 'v_pub_file~v2-1.9', 'p_pub_url~v2.2']) await heardOf(openId, id, io);
    await heardOf('somebody else', 'p_pub_url~v2.3', io);
    expect(await unknownPhoto(openId, 'job', now, io)).toBe('p_pub_url~v2.2');
    expect(await unknownPhoto(openId, 'job', now + 1, io)).toBeNull();
    await heardOf(openId, 'p_pub_url~v2.4', io);
    expect(await unknownPhoto(openId, 'job', now, io)).toBeNull();
  });

  it('leaves it open whose it is while two of an account wait for their answers', async () => {
    const io = ioOf();
    await sending(openId, 'one', io);
    await sending(openId, 'two', io);
    await heardOf(openId, 'p_pub_url~v2.1', io);
    expect([await unknownPhoto(openId, 'one', now, io), await unknownPhoto(openId, 'two', now, io)]).toEqual([null, null]);
    await answered(openId, 'two', null, io);
    expect(await unknownPhoto(openId, 'one', now, io)).toBe('p_pub_url~v2.1');
    await answered(openId, 'one', 'p_pub_url~v2.1', io);
    expect(await unknownPhoto(openId, 'two', now, io)).toBeNull();
  });

  it('is a day old at most, and does not grow', async () => {
    let at = now;
    const notes = ioOf().notes;
    const io = { notes, now: () => at };
    await heardOf(openId, 'p_old', io);
    at += 25 * 60 * 60 * 1000;
    for (let n = 0; n < 100; n += 1) await heardOf(openId, `v_${n}`, io);
    await heardOf(openId, 'p_new', io);
    expect(await unknownPhoto(openId, 'job', 0, io)).toBe('p_new');
  });
});
