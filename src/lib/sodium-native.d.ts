/** The part of libsodium's binding that we use (sodium-native 5.1 brings no types). Sizes are in bytes. */
declare module 'sodium-native' {
  interface Sodium {
    readonly crypto_aead_xchacha20poly1305_ietf_ABYTES: number;
    readonly crypto_aead_xchacha20poly1305_ietf_KEYBYTES: number;
    readonly crypto_aead_xchacha20poly1305_ietf_NPUBBYTES: number;
    readonly crypto_pwhash_STRBYTES: number;
    /** Memory outside of JavaScript's heap: guarded, never swapped, wiped when collected. */
    sodium_malloc(size: number): Buffer;
    sodium_mprotect_readonly(secure: Buffer): void;
    sodium_memzero(buffer: Uint8Array): void;
    /** In constant time; both of one length. */
    sodium_memcmp(a: Uint8Array, b: Uint8Array): boolean;
    randombytes_buf(buffer: Uint8Array): void;
    /** BLAKE2b; output and key of 16 to 64 bytes. */
    crypto_generichash(output: Uint8Array, input: Uint8Array, key?: Uint8Array): void;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
      cipher: Uint8Array, message: Uint8Array, additional: Uint8Array | null, secretNonce: null, nonce: Uint8Array, key: Uint8Array,
    ): number;
    /** Throws when the tag does not fit. */
    crypto_aead_xchacha20poly1305_ietf_decrypt(
      message: Uint8Array, secretNonce: null, cipher: Uint8Array, additional: Uint8Array | null, nonce: Uint8Array, key: Uint8Array,
    ): number;
    /** argon2id as a NUL-padded PHC string; the password must not be empty. Runs on libuv's thread pool. */
    crypto_pwhash_str_async(output: Uint8Array, password: Uint8Array, operations: number, memoryBytes: number): Promise<void>;
    crypto_pwhash_str_verify_async(hash: Uint8Array, password: Uint8Array): Promise<boolean>;
    crypto_pwhash_str_needs_rehash(hash: Uint8Array, operations: number, memoryBytes: number): boolean;
  }
  const sodium: Sodium;
  export default sodium;
  export type { Sodium };
}
