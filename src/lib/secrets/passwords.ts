import { loadSodium, type Sodium } from '../native.ts';
import { createTurns } from '../turns.ts';

export interface Passwords {
  /** A PHC string: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. Rejects with `PasswordsBusyError`. */
  hash(password: string): Promise<string>;
  /** False for null (nobody has that e-mail), after the same work. Rejects with `PasswordsBusyError`. */
  verify(password: string, hash: string | null): Promise<boolean>;
  /** True when the hash was made with other costs than today's. */
  needsRehash(hash: string): boolean;
}

/** Too many people wait already; the web answers 503. */
export class PasswordsBusyError extends Error {
  override name = 'PasswordsBusyError';
}

export interface PasswordsOptions {
  /** Each takes 19 MiB and a thread of libuv's four for about 30 ms. */
  maxConcurrent?: number;
  maxWaiting?: number;
  sodium?: Sodium;
}

/** OWASP's floor for argon2id (Password Storage Cheat Sheet, 2025): 19 MiB, two passes, one lane. */
const operations = 2;
const memoryBytes = 19_456 * 1024;

export function createPasswords({ maxConcurrent = 2, maxWaiting = 50, sodium = loadSodium() }: PasswordsOptions = {}): Passwords {
  const inTurn = createTurns(maxConcurrent, maxWaiting, () => new PasswordsBusyError('Too many sign-ins at this moment.'));

  const hashNow = async (password: string) => {
    const out = Buffer.alloc(sodium.crypto_pwhash_STRBYTES);
    await sodium.crypto_pwhash_str_async(out, bytesOf(password), operations, memoryBytes);
    return out.toString('latin1').replace(/\0+$/u, '');
  };

  return {
    hash: async (password) => inTurn(async () => hashNow(password)),
    verify: async (password, hash) => inTurn(async () => {
      const stored = hash === null ? null : padded(hash, sodium);
      if (stored) return sodium.crypto_pwhash_str_verify_async(stored, bytesOf(password));
      await hashNow(password);
      return false;
    }),
    needsRehash: (hash) => {
      const stored = padded(hash, sodium);
      return stored === null || sodium.crypto_pwhash_str_needs_rehash(stored, operations, memoryBytes);
    },
  };
}

/**
 * NFC, so that the same keys pressed on a Mac and on a phone give the same bytes (RFC 8265, OpaqueString). Not NFKC: it
 * would make different passwords equal. libsodium takes no empty input, so an empty password becomes one NUL.
 */
function bytesOf(password: string): Buffer {
  return Buffer.from(password === '' ? '\0' : password.normalize('NFC'), 'utf8');
}

function padded(hash: string, sodium: Sodium): Buffer | null {
  if (!/^\$argon2id\$[\x21-\x7e]+$/u.test(hash) || hash.length >= sodium.crypto_pwhash_STRBYTES) return null;
  const out = Buffer.alloc(sodium.crypto_pwhash_STRBYTES);
  out.write(hash, 'latin1');
  return out;
}
