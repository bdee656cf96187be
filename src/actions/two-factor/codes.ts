import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { newCode } from '../../lib/secrets/tokens.ts';

/** RFC 6238 with what every app speaks: SHA-1, six digits, thirty seconds. */
const period = 30;

/** One step to either side: clocks differ, and people type slowly. */
const window = 1;

export function newSecret(): string {
  return new Secret({ buffer: new Uint8Array(randomBytes(20)).buffer }).base32;
}

/** The time step (since the epoch) whose code this is, or null. */
export function stepOf(secret: string, code: string, now: number): number | null {
  if (!/^\d{6}$/u.test(code)) return null;
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window });
  return delta === null ? null : Math.floor(now / 1000 / period) + delta;
}

/** What an app reads from the QR code. */
export function setupUri(secret: string, { issuer, account }: { issuer: string; account: string }): string {
  return totpOf(secret, issuer, account).toString();
}

/** Ten, each good for once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => newCode());
}

/** As people type a code: with spaces and dashes, in either case. */
export function typedCode(text: string): string {
  return text.replaceAll(/[\s-]/gu, '').toUpperCase().slice(0, 20);
}

function totpOf(secret: string, issuer = '', label = ''): TOTP {
  return new TOTP({ issuer, label, algorithm: 'SHA1', digits: 6, period, secret: Secret.fromBase32(secret) });
}
