import type { KeyObject } from 'node:crypto';
import type { z } from 'zod';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { signSsh, verifySsh } from '../../lib/sshsig.ts';
import { parseBoundedJson } from '../archive/bounded-json.ts';

/** A text, byte for byte as signed, and the armoured SSH signature over it, which `ssh-keygen -Y verify` reads. */
export type SignedText = { text: string; signature: string };
export type SignedTextError =
  /** Not of this format, or not in its one canonical spelling (RFC 8785). */
  | { code: 'MALFORMED' }
  /** The signature is not over this text, or was made for something else. */
  | { code: 'NOT_SIGNED' };

const MAX_BYTES = 256 * 1024;

/** Signing and reading of one kind of document; each kind has a namespace, so that no signature serves for another. */
export function signedDocument<S extends z.ZodType<object>>(schema: S, namespace: string) {
  return {
    namespace,
    /** @throws TypeError when the key is not an Ed25519 private key */
    sign(document: z.infer<S>, privateKey: KeyObject): SignedText {
      const text = canonicalJson(schema.parse(document));
      return { text, signature: signSsh(Buffer.from(text, 'utf8'), namespace, privateKey) };
    },
    /** The document and whose key signed it; whether that key counts is the caller's question. */
    read({ text, signature }: SignedText): Result<{ document: z.infer<S>; publicKey: KeyObject }, SignedTextError> {
      const bytes = Buffer.from(text, 'utf8');
      const json = parseBoundedJson(bytes, MAX_BYTES);
      const document = json.ok ? schema.safeParse(json.value) : undefined;
      if (!document?.success || canonicalJson(document.data) !== text) return err({ code: 'MALFORMED' });
      const signed = verifySsh(signature, bytes, namespace);
      return signed.ok
        ? ok({ document: document.data, publicKey: signed.value.publicKey })
        : err({ code: 'NOT_SIGNED' });
    },
  };
}
