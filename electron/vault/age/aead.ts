import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';

/** ChaCha20-Poly1305 (RFC 8439): 32-byte key, 12-byte nonce, no associated data, the 16-byte tag after the ciphertext. */
export interface Aead {
  readonly name: 'node:crypto' | 'libsodium';
  withKey(key: Uint8Array): KeyedAead;
}
/** The cipher under one key. Every nonce is used once. */
export interface KeyedAead {
  /** Ciphertext and tag, in pieces to be written one after the other: joining them would cost a copy per chunk. */
  seal(nonce: Uint8Array, plain: Uint8Array): readonly Uint8Array[];
  /** `undefined` when the tag does not match; unauthenticated bytes are never returned. */
  open(nonce: Uint8Array, sealed: Uint8Array): Uint8Array | undefined;
}

export const TAG_BYTES = 16;
const CIPHER = 'chacha20-poly1305';
const OPTIONS = { authTagLength: TAG_BYTES } as const;

const onNodeCrypto: Aead = {
  name: 'node:crypto',
  withKey(bytes) {
    // Of raw bytes node makes a key object at each call, which costs a fifth of what enciphering a chunk does.
    const key = createSecretKey(bytes);
    return {
      seal(nonce, plain) {
        const cipher = createCipheriv(CIPHER, key, nonce, OPTIONS);
        const body = cipher.update(plain);
        cipher.final();
        return [body, cipher.getAuthTag()];
      },
      open(nonce, sealed) {
        if (sealed.length < TAG_BYTES) return undefined;
        const decipher = createDecipheriv(CIPHER, key, nonce, OPTIONS);
        decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
        const plain = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
        try {
          decipher.final();
        } catch {
          return undefined;
        }
        return plain;
      },
    };
  },
};

/** The provider on node:crypto, or `undefined` where the runtime has no ChaCha20 (Electron's BoringSSL). */
export function nodeAead(): Aead | undefined {
  try {
    onNodeCrypto.withKey(new Uint8Array(32)).seal(new Uint8Array(12), new Uint8Array(0));
    return onNodeCrypto;
  } catch {
    return undefined;
  }
}

/** The provider on libsodium compiled to WebAssembly: the same bytes, about a quarter of the speed. */
export async function sodiumAead(): Promise<Aead> {
  const { default: sodium } = await import('libsodium-wrappers');
  await sodium.ready;
  return {
    name: 'libsodium',
    withKey: (key) => ({
      seal: (nonce, plain) => [sodium.crypto_aead_chacha20poly1305_ietf_encrypt(plain, null, null, nonce, key)],
      open(nonce, sealed) {
        if (sealed.length < TAG_BYTES) return undefined;
        try {
          return sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, sealed, null, nonce, key);
        } catch {
          return undefined;
        }
      },
    }),
  };
}

let chosen: Aead | undefined = nodeAead();

/**
 * Fixes the provider of this process: node:crypto where it has the cipher, else libsodium. Every shell awaits it before
 * the station starts; where node:crypto has the cipher nothing needs to wait.
 */
export async function chooseAead(): Promise<Aead> {
  chosen ??= await sodiumAead();
  return chosen;
}

/** @throws Error when `chooseAead` has not been awaited in a runtime that needs libsodium */
export function currentAead(): Aead {
  if (!chosen) throw new Error('no ChaCha20-Poly1305 yet: await chooseAead() before the first encryption');
  return chosen;
}
