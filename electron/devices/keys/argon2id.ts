import * as crypto from 'node:crypto';
import { argon2id as wasmArgon2id } from 'hash-wasm';

export interface Argon2idCost {
  memoryKiB: number;
  passes: number;
}

/**
 * argon2id (RFC 9106), version 19, one lane, 32 bytes out.
 *
 * Node's own runs beside the event loop, so that nobody at a door waits for somebody's PIN. Electron's crypto library
 * lacks it: there WebAssembly does the same sum in the loop, some 40 ms for a PIN.
 */
export async function argon2id(secret: string, salt: Uint8Array, cost: Argon2idCost): Promise<Uint8Array> {
  if (typeof crypto.argon2 !== 'function') return wasm(secret, salt, cost);
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const parameters = {
    message: secret,
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory: cost.memoryKiB,
    passes: cost.passes,
  };
  crypto.argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag)));
  return promise;
}

/** The same by WebAssembly: for runtimes without it, and for the test that both agree. */
export const wasm = (secret: string, salt: Uint8Array, cost: Argon2idCost): Promise<Uint8Array> =>
  wasmArgon2id({
    password: secret,
    salt,
    memorySize: cost.memoryKiB,
    iterations: cost.passes,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  });
