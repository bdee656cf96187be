import { loadSodium } from '../native.ts';

export { loadOrCreateSecretKey, newSecretKey, type SecretKey } from './secret-key.ts';

/** Which row a ciphertext belongs to. It opens nowhere else. `workspaceId` is null for what the instance itself owns. */
export interface SealedRow {
  table: string;
  rowId: string;
  workspaceId: string | null;
}

/** Keys behind closures, so that a ring that strays into a log or a JSON shows nothing. */
export interface KeyRing {
  newest(): Key;
  find(id: Uint8Array): Key | undefined;
  all(): readonly Key[];
}

interface Key {
  id: Buffer;
  seal: Buffer;
  mac: Buffer;
}

export class SealError extends Error {
  override name = 'SealError';
  /** `unknown_key`: the key is not in the ring. `does_not_open`: damaged, tampered with, or moved from another row. */
  readonly code: 'unknown_key' | 'does_not_open';
  constructor(code: SealError['code']) {
    super(code === 'unknown_key' ? 'Sealed with a key that is not in SECRET_KEY.' : 'The sealed value does not open here.');
    this.code = code;
  }
}

/** Format 1: 'S1', key id, nonce, ciphertext with tag. */
const magic = Buffer.from('S1');
const idBytes = 8;

/**
 * Opens the keys of `SECRET_KEY`: comma-separated, newest first. A key is 32 bytes as base64 or base64url, or any other
 * text of 16 characters or more. Throws a plain sentence for the operator.
 */
export function openKeyRing(secret: string): KeyRing {
  const texts = secret.split(',').map((text) => text.trim()).filter((text) => text !== '');
  if (texts.length === 0) throw new Error('SECRET_KEY is empty.');
  const keys = texts.map(keyOf);
  const [newest] = keys as [Key];
  return Object.freeze({
    newest: () => newest,
    find: (id: Uint8Array) => keys.find((key) => key.id.equals(id)),
    all: () => keys,
  });
}

/** XChaCha20-Poly1305: a random nonce of 24 bytes never needs counting. */
export function seal(ring: KeyRing, plaintext: string, row: SealedRow): Buffer {
  const sodium = loadSodium();
  const key = ring.newest();
  const head = Buffer.concat([magic, key.id]);
  const nonce = Buffer.alloc(sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  sodium.randombytes_buf(nonce);
  const message = Buffer.from(plaintext, 'utf8');
  const cipher = Buffer.alloc(message.length + sodium.crypto_aead_xchacha20poly1305_ietf_ABYTES);
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(cipher, message, bound(head, row), null, nonce, key.seal);
  sodium.sodium_memzero(message);
  return Buffer.concat([head, nonce, cipher]);
}

/** The text that was sealed for this row; throws `SealError`. */
export function open(ring: KeyRing, blob: Uint8Array, row: SealedRow): string {
  const sodium = loadSodium();
  const { head, id, rest } = parts(blob);
  const nonceBytes = sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  if (rest.length < nonceBytes + sodium.crypto_aead_xchacha20poly1305_ietf_ABYTES) throw new SealError('does_not_open');
  const key = ring.find(id);
  if (!key) throw new SealError('unknown_key');
  const nonce = rest.subarray(0, nonceBytes);
  const cipher = rest.subarray(nonceBytes);
  const message = Buffer.alloc(cipher.length - sodium.crypto_aead_xchacha20poly1305_ietf_ABYTES);
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(message, null, cipher, bound(head, row), nonce, key.seal);
  } catch {
    throw new SealError('does_not_open');
  }
  const text = message.toString('utf8');
  sodium.sodium_memzero(message);
  return text;
}

/** True when the value was not sealed with the newest key. Throws `SealError` for what was never sealed. */
export function needsReseal(ring: KeyRing, blob: Uint8Array): boolean {
  return !ring.newest().id.equals(parts(blob).id);
}

/** Keyed BLAKE2b (hex) of a text for one purpose: signed URLs and the like. Made with the newest key. */
export function mac(ring: KeyRing, purpose: string, text: string): string {
  return macBy(ring.newest(), purpose, text).toString('hex');
}

/** True when any key of the ring made this mac, so that signed links outlive a rotation. */
export function macFits(ring: KeyRing, purpose: string, text: string, given: string): boolean {
  // Hex decoding stops at the first character that is none; an equal length says that all of it was read.
  const bytes = Buffer.from(given, 'hex');
  if (bytes.length !== 32 || given.length !== 64) return false;
  const sodium = loadSodium();
  return ring.all().some((key) => sodium.sodium_memcmp(bytes, macBy(key, purpose, text)));
}

function parts(blob: Uint8Array): { head: Buffer; id: Buffer; rest: Buffer } {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength);
  const headBytes = magic.length + idBytes;
  if (bytes.length < headBytes || !bytes.subarray(0, magic.length).equals(magic)) throw new SealError('does_not_open');
  return { head: bytes.subarray(0, headBytes), id: bytes.subarray(magic.length, headBytes), rest: bytes.subarray(headBytes) };
}

/** JSON keeps the three names apart, whatever characters they hold. */
function bound(head: Buffer, row: SealedRow): Buffer {
  return Buffer.concat([head, Buffer.from(JSON.stringify([row.table, row.rowId, row.workspaceId]), 'utf8')]);
}

function macBy(key: Key, purpose: string, text: string): Buffer {
  const out = Buffer.alloc(32);
  loadSodium().crypto_generichash(out, Buffer.from(JSON.stringify([purpose, text]), 'utf8'), key.mac);
  return out;
}

/** Three values from one root, so that no key ever has two uses and the id tells nothing about the others. */
function keyOf(text: string): Key {
  const sodium = loadSodium();
  const root = rootOf(text);
  const derive = (use: string) => {
    const out = sodium.sodium_malloc(32);
    sodium.crypto_generichash(out, Buffer.from(`post-master ${use} 1`), root);
    sodium.sodium_mprotect_readonly(out);
    return out;
  };
  const key = { id: Buffer.from(derive('key id').subarray(0, idBytes)), seal: derive('seal'), mac: derive('mac') };
  sodium.sodium_memzero(root);
  return key;
}

function rootOf(text: string): Buffer {
  const sodium = loadSodium();
  const root = sodium.sodium_malloc(32);
  const decoded = /^[\w+/-]{43}=?$/u.test(text) ? Buffer.from(text, 'base64') : null;
  if (decoded?.length === 32) {
    decoded.copy(root);
    sodium.sodium_memzero(decoded);
    return root;
  }
  if (text.length < 16) throw new Error('A key in SECRET_KEY is too short: it needs at least 16 characters.');
  sodium.crypto_generichash(root, Buffer.from(text, 'utf8'), Buffer.from('post-master secret key 1'));
  return root;
}
