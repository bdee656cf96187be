import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { newRecoveryCodes, newSecret, setupUri, stepOf, typedCode } from './codes.ts';

/** RFC 6238, appendix B: the ASCII secret "12345678901234567890" in base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('codes', () => {
  // The last six of the eight digits that the RFC lists for SHA-1.
  it.each([[59, '287082'], [1_111_111_109, '081804'], [1_111_111_111, '050471'], [1_234_567_890, '005924'], [2_000_000_000, '279037'], [20_000_000_000, '353130']])('at %i s: %s', (seconds, code) => {
    expect(stepOf(secret, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it('count one step to either side, as the step they belong to, and no further', () => {
    const at = 1_111_111_111_000;
    expect(stepOf(secret, '050471', at + 30_000)).toBe(Math.floor(at / 30_000));
    expect(stepOf(secret, '050471', at - 30_000)).toBe(Math.floor(at / 30_000));
    for (const far of [-90_000, 60_000, 90_000]) expect(stepOf(secret, '050471', at + far)).toBeNull();
    for (const odd of ['', '50471', '0504710', 'abcdef', '05047１', '-50471']) expect(stepOf(secret, odd, at), odd).toBeNull();
  });

  it('come from secrets of 160 bits that an app reads from an address', () => {
    const fresh = newSecret();
    expect(fresh).toMatch(/^[A-Z2-7]{32}$/u);
    expect(newSecret()).not.toBe(fresh);
    const uri = setupUri(fresh, { issuer: 'Har:bour & Co', account: 'ada@example.org' });
    expect(uri).toMatch(/^otpauth:\/\/totp\//u);
    expect(new URL(uri).searchParams.get('secret')).toBe(fresh);
    expect(new TOTP({ secret: fresh }).generate({ timestamp: 0 })).toMatch(/^\d{6}$/u);
  });

  it('are ten different ones for recovery, read as people type them', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    expect(typedCode(` ${(codes[0] ?? '').toLowerCase().replace(/^(.{5})/u, '$1-')} `)).toBe(codes[0]);
  });
});
