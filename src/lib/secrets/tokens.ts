import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as base64url (43 characters): sessions, invitations, API keys. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token: SHA-256 as hex. Plain hashing is enough because a token has 256 random bits. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Compares without telling by time how much is equal; texts of different length are compared all the same. */
export function equalSafely(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Ten characters that people can read out and copy: 50 random bits, without I, L, O and U. For codes that live minutes. */
export function newCode(): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  return Array.from(randomBytes(10), (byte) => alphabet[byte & 31] ?? '').join('');
}

/** 128 random bits in hex, for addresses that only who was given them shall find. Letters and digits alone. */
export function newReference(): string {
  return randomBytes(16).toString('hex');
}
