import type { Result } from '../../lib/result.ts';

export type UnwrapError =
  | { code: 'wrong-passphrase' }
  | { code: 'keystore-unavailable'; reason: string }
  | { code: 'damaged' };

/**
 * Wraps the station's private keys at rest. The OS keystore does it without asking anyone; elsewhere a passphrase that
 * the site lead types at each start.
 */
export interface KeyWrap {
  readonly kind: 'os-keystore' | 'passphrase';
  /** @param passphrase  required where `kind` is 'passphrase', ignored otherwise */
  wrap(secret: Uint8Array, passphrase: string | null): Promise<Result<Uint8Array, UnwrapError>>;
  unwrap(wrapped: Uint8Array, passphrase: string | null): Promise<Result<Uint8Array, UnwrapError>>;
}
