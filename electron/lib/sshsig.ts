import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { err, ok, type Result } from './result.ts';
import { ALGORITHM, ed25519PublicKey, rawKeyOfBlob, sshKeyBlob, sshString } from './ssh-key-text.ts';

export { allowedSignersLine, parseAllowedSigners, sshPublicKeyLine } from './ssh-key-text.ts';

/** What is signed, as bytes or already hashed with SHA-512 (for what does not fit in memory). */
export type SignedMessage = Uint8Array | { sha512: Uint8Array };
export type SshSignature = {
  publicKey: KeyObject;
  namespace: string;
  hash: 'sha256' | 'sha512';
  /** 64 bytes of Ed25519. */
  signature: Uint8Array;
};
export type SshSigError =
  | { code: 'BAD_ARMOR' }
  | { code: 'BAD_BLOB' }
  | { code: 'OTHER_NAMESPACE'; namespace: string }
  /** The signature was made over other bytes, or by another key than the one it names. */
  | { code: 'BAD_SIGNATURE' };

const MAGIC = Buffer.from('SSHSIG');
const VERSION = Buffer.from([0, 0, 0, 1]);
const BEGIN = '-----BEGIN SSH SIGNATURE-----';
const END = '-----END SSH SIGNATURE-----';
const COLUMNS = 70;

function hashOf(message: SignedMessage, hash: 'sha256' | 'sha512'): Uint8Array | undefined {
  if (message instanceof Uint8Array) return createHash(hash).update(message).digest();
  return hash === 'sha512' ? message.sha512 : undefined;
}

/** The bytes under the signature: unlike the blob they carry no version. */
const signedBytes = (namespace: string, hash: string, digest: Uint8Array): Buffer =>
  Buffer.concat([MAGIC, sshString(namespace), sshString(''), sshString(hash), sshString(digest)]);

function armor(blob: Uint8Array): string {
  const text = Buffer.from(blob).toString('base64');
  const lines = text.match(new RegExp(`.{1,${COLUMNS}}`, 'g')) ?? [];
  return [BEGIN, ...lines, END, ''].join('\n');
}

/** Only the one spelling `armor` has is taken, so that no byte of a signature file can change unseen. */
function unarmor(text: string): Buffer | undefined {
  if (text.length > 4096 || !text.startsWith(`${BEGIN}\n`) || !text.endsWith(`\n${END}\n`)) return undefined;
  const body = text.slice(BEGIN.length + 1, -END.length - 2).replaceAll('\n', '');
  const blob = Buffer.from(body, 'base64');
  return armor(blob) === text ? blob : undefined;
}

/**
 * An SSH signature file (PROTOCOL.sshsig), as `ssh-keygen -Y sign -n NAMESPACE` writes it with an Ed25519 key.
 *
 * @throws TypeError when the key is not an Ed25519 private key
 */
export function signSsh(message: SignedMessage, namespace: string, privateKey: KeyObject): string {
  const blob = sshKeyBlob(privateKey);
  const digest = hashOf(message, 'sha512')!;
  const signature = sign(null, signedBytes(namespace, 'sha512', digest), privateKey);
  return armor(
    Buffer.concat([
      MAGIC,
      VERSION,
      sshString(blob),
      sshString(namespace),
      sshString(''),
      sshString('sha512'),
      sshString(Buffer.concat([sshString(ALGORITHM), sshString(signature)])),
    ]),
  );
}

/** Takes an armoured signature apart without checking what it signs. */
export function parseSshSignature(armored: string): Result<SshSignature, SshSigError> {
  const blob = unarmor(armored);
  if (!blob) return err({ code: 'BAD_ARMOR' });
  let rest = blob.subarray(MAGIC.length + VERSION.length);
  const head = blob.subarray(0, MAGIC.length + VERSION.length);
  const next = (): Buffer | undefined => {
    if (rest.length < 4) return undefined;
    const end = 4 + rest.readUInt32BE(0);
    if (end > rest.length) return undefined;
    const field = rest.subarray(4, end);
    rest = rest.subarray(end);
    return field;
  };
  const [keyBlob, namespace, reserved, hash, signatureBlob] = [next(), next(), next(), next(), next()];
  const raw = keyBlob && rawKeyOfBlob(keyBlob);
  const hashName = hash?.toString('latin1');
  const signatureHead = Buffer.concat([sshString(ALGORITHM), Buffer.from([0, 0, 0, 64])]);
  if (
    !head.equals(Buffer.concat([MAGIC, VERSION])) ||
    !raw ||
    !namespace?.length ||
    reserved?.length !== 0 ||
    (hashName !== 'sha256' && hashName !== 'sha512') ||
    signatureBlob?.length !== signatureHead.length + 64 ||
    !signatureHead.equals(signatureBlob.subarray(0, signatureHead.length)) ||
    rest.length > 0
  ) {
    return err({ code: 'BAD_BLOB' });
  }
  return ok({
    publicKey: ed25519PublicKey(raw),
    namespace: namespace.toString('utf8'),
    hash: hashName,
    signature: signatureBlob.subarray(signatureHead.length),
  });
}

/**
 * Checks a signature file over `message` and tells whose key made it. Whether that key may sign is another question:
 * `isAllowedSigner`. A signature over SHA-256 needs the message itself, not its SHA-512.
 */
export function verifySsh(
  armored: string,
  message: SignedMessage,
  namespace: string,
): Result<{ publicKey: KeyObject }, SshSigError> {
  const parsed = parseSshSignature(armored);
  if (!parsed.ok) return parsed;
  const { publicKey, hash, signature } = parsed.value;
  if (parsed.value.namespace !== namespace) return err({ code: 'OTHER_NAMESPACE', namespace: parsed.value.namespace });
  const digest = hashOf(message, hash);
  const good = digest && verify(null, signedBytes(namespace, hash, digest), publicKey, signature);
  return good ? ok({ publicKey }) : err({ code: 'BAD_SIGNATURE' });
}
