import { argon2Sync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loadSodium, type Sodium } from '../native.ts';
import { createPasswords, PasswordsBusyError } from './passwords.ts';

/** The real sodium, counting what runs at the same time. */
function watched() {
  const real = loadSodium();
  const seen = { calls: 0, running: 0, most: 0 };
  const counted = async <T>(act: () => Promise<T>) => {
    seen.calls += 1;
    seen.running += 1;
    seen.most = Math.max(seen.most, seen.running);
    try {
      return await act();
    } finally {
      seen.running -= 1;
    }
  };
  const sodium: Sodium = {
    ...real,
    crypto_pwhash_str_async: async (...args) => counted(async () => real.crypto_pwhash_str_async(...args)),
    crypto_pwhash_str_verify_async: async (...args) => counted(async () => real.crypto_pwhash_str_verify_async(...args)),
  };
  return { sodium, seen };
}

describe('hashing', () => {
  const passwords = createPasswords();

  test('the hash is a PHC string with OWASP\'s costs, salted each time', async () => {
    const hash = await passwords.hash('correct horse');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/u);
    expect(await passwords.hash('correct horse')).not.toBe(hash);
    expect(await passwords.verify('correct horse', hash)).toBe(true);
    expect(await passwords.verify('correct horsf', hash)).toBe(false);
    expect(passwords.needsRehash(hash)).toBe(false);
  });

  test('another argon2id reads our hash, and we read its', async () => {
    const [, , , , salt = '', tag] = (await passwords.hash('pässword')).split('$');
    const parameters = { message: 'pässword'.normalize('NFC'), nonce: Buffer.from(salt, 'base64'), parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 };
    expect(argon2Sync('argon2id', parameters).toString('base64').replace('=', '')).toBe(tag);

    const nonce = Buffer.alloc(16, 7);
    const foreign = argon2Sync('argon2id', { ...parameters, nonce, memory: 8192, passes: 3 });
    const bare = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
    const hash = `$argon2id$v=19$m=8192,t=3,p=1$${bare(nonce)}$${bare(foreign)}`;
    expect(await passwords.verify('pässword', hash)).toBe(true);
    expect(passwords.needsRehash(hash)).toBe(true);
  });

  test('composed and decomposed letters are one password, look-alikes are not', async () => {
    const hash = await passwords.hash('caf\u00E9');
    expect(await passwords.verify('cafe\u0301', hash)).toBe(true);
    expect(await passwords.verify('cafe', hash)).toBe(false);
    expect(await passwords.verify('\uFB01n', await passwords.hash('fin'))).toBe(false);
  });

  test('long, empty and odd passwords', async () => {
    for (const password of ['x'.repeat(100_000), '', '👩‍👩‍👧', 'a\0b']) {
      const hash = await passwords.hash(password);
      expect(await passwords.verify(password, hash)).toBe(true);
      expect(await passwords.verify(`${password}x`, hash)).toBe(false);
    }
  });

  test.each(['', 'plain', '$2b$10$abcdefghijklmnopqrstuv', '$argon2id$', '$argon2id$v=19$m=19456,t=2,p=1$x', 'x'.repeat(500), '$argon2id$\0'])(
    'the stored text %j verifies nothing and asks to be replaced', async (stored) => {
      expect(await passwords.verify('', stored)).toBe(false);
      expect(passwords.needsRehash(stored)).toBe(true);
    },
  );
});

describe('the queue', () => {
  test('an unknown e-mail costs one hash too', async () => {
    const { sodium, seen } = watched();
    expect(await createPasswords({ sodium }).verify('anything', null)).toBe(false);
    expect(seen.calls).toBe(1);
  });

  test.each([1, 2, 3])('never more than %i at once, and all get their answer', async (maxConcurrent) => {
    const { sodium, seen } = watched();
    const passwords = createPasswords({ sodium, maxConcurrent });
    const hash = await passwords.hash('p0');
    const answers = await Promise.all(Array.from({ length: 12 }, async (_, index) =>
      index % 3 === 0 ? passwords.hash('x').then(() => false) : passwords.verify(`p${index % 2}`, hash)));
    expect(answers).toEqual(Array.from({ length: 12 }, (_, index) => index % 3 !== 0 && index % 2 === 0));
    expect(seen).toEqual({ calls: 13, running: 0, most: maxConcurrent });
  });

  test('beyond the line the answer is a typed no, and the line moves on', async () => {
    const { sodium, seen } = watched();
    const passwords = createPasswords({ sodium, maxConcurrent: 1, maxWaiting: 3 });
    const results = await Promise.allSettled(Array.from({ length: 7 }, async () => passwords.hash('x')));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(results[6]).toHaveProperty('reason', expect.any(PasswordsBusyError));
    await passwords.hash('x');
    expect(seen).toMatchObject({ calls: 5, running: 0 });
  });

  test('a failure frees its place', async () => {
    const { sodium } = watched();
    let fail = true;
    const passwords = createPasswords({
      maxConcurrent: 1,
      sodium: { ...sodium, crypto_pwhash_str_async: async (...args) => {
        if (fail) throw new Error('no memory');
        return sodium.crypto_pwhash_str_async(...args);
      } },
    });
    await expect(passwords.hash('x')).rejects.toThrow('no memory');
    fail = false;
    await expect(passwords.hash('x')).resolves.toContain('$argon2id$');
  });
});
