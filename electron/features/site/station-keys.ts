import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { sshFingerprint, sshPublicKeyLine } from '../../lib/ssh-key-text.ts';
import { generateIdentity, recipientOf } from '../../vault/age/age.ts';

/** The station's private halves: Ed25519 signs checkpoints and bundles, X25519 opens its own copy of the evidence. */
export interface StationKeys {
  readonly signing: KeyObject;
  readonly identity: string;
}

export interface PublicHalves {
  signingKey: string;
  fingerprint: string;
  recipient: string;
}

const Stored = z.strictObject({ signing: z.string(), identity: z.string() });

const generateSigningKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;

export const generateStationKeys = (): StationKeys => ({
  signing: generateSigningKey(),
  identity: generateIdentity().identity,
});

/** A new key to sign with; what opens the station's own copy of the evidence stays, else it could not be replayed. */
export const nextStationKeys = (keys: StationKeys): StationKeys => ({ ...keys, signing: generateSigningKey() });

export function publicHalves(keys: StationKeys): PublicHalves {
  const publicKey = createPublicKey(keys.signing);
  return {
    signingKey: sshPublicKeyLine(publicKey),
    fingerprint: sshFingerprint(publicKey),
    recipient: recipientOf(keys.identity)!,
  };
}

export const packKeys = (keys: StationKeys): Uint8Array =>
  Buffer.from(
    JSON.stringify({
      signing: keys.signing.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
      identity: keys.identity,
    }),
  );

/** @throws ZodError or SyntaxError when the bytes are not those of `packKeys`: the key wrap has authenticated them */
export function unpackKeys(bytes: Uint8Array): StationKeys {
  const stored = Stored.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const der = Buffer.from(stored.signing, 'base64');
  return { signing: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }), identity: stored.identity };
}
