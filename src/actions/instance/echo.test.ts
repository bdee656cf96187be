import { expect, it } from 'vitest';
import { fakeClock } from '../../testing/world.ts';
import { createEcho } from './echo.ts';

const arrival = { protocol: 'https', host: 'post.example.org', ip: '192.0.2.1', remote: '127.0.0.1', forwarded: { for: undefined, proto: undefined, host: undefined } };

it('answers a call of ours once, and says how it arrived', () => {
  const echo = createEcho(fakeClock().now);
  const call = echo.ask();
  expect([call.cameBack(), echo.answer('somebody else’s', arrival)]).toEqual([null, null]);
  expect(echo.answer(call.nonce, arrival)).toBe(call.answer);
  expect(call.cameBack()).toEqual(arrival);
  expect(echo.answer(call.nonce, { ...arrival, ip: '203.0.113.9' })).toBeNull();
  expect(call.cameBack()).toEqual(arrival);
});

it('forgets a call that nobody waits for any more', () => {
  const clock = fakeClock();
  const echo = createEcho(clock.now);
  const call = echo.ask();
  clock.advance(60_000);
  expect(echo.answer(call.nonce, arrival)).toBeNull();
});
