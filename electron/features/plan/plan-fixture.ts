import { createHash } from 'node:crypto';
import ExcelJS from 'exceljs';
import { samplePlan } from '../../../resources/sample-day/sample-plan.ts';
import { ed25519PrivateKey, sshPublicKeyLine } from '../../lib/ssh-key-text.ts';
import type { NamedFile } from './import-plan.ts';
import type { Plan } from './plan-schema.ts';
import { writeWorkbook } from './write-workbook.ts';

// For tests only: centres whose private keys everyone can read here, and pictures that are only as long as a header.
export const CENTRE_KEY = ed25519PrivateKey(Buffer.alloc(32, 7));
export const OTHER_KEY = ed25519PrivateKey(Buffer.alloc(32, 8));
export const RECIPIENT = 'age1hy27ry8dy2y7y84e9hkaschhqwhdf34dvhyfhmcvx6aaqn58acdsfzenve';

/** The first bytes of a PNG of the given size, made different by `seed`; enough for what is checked at import. */
export function pngHead(width: number, height: number, seed = 0): Uint8Array {
  const head = Buffer.alloc(40);
  head.write('\x89PNG\r\n\x1a\n', 0, 'latin1');
  head.writeUInt32BE(13, 8);
  head.write('IHDR', 12, 'latin1');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  head.writeUInt32BE(seed, 36);
  return new Uint8Array(head);
}

export const sha256Hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export interface PlanFixture {
  plan: Plan;
  photos: Map<string, Uint8Array>;
  files: NamedFile[];
}

/** The sample day, signed for by `CENTRE_KEY`, with pictures of 102 x 126 pixels. */
export function aPlan(): PlanFixture {
  const photos = new Map<string, Uint8Array>();
  const photoHashes = new Map<string, string>();
  const files: NamedFile[] = [];
  for (let i = 1; i <= 12; i += 1) {
    const candidateId = `C${String(i).padStart(2, '0')}`;
    const bytes = pngHead(102, 126, i);
    photos.set(sha256Hex(bytes), bytes);
    photoHashes.set(candidateId, sha256Hex(bytes));
    files.push({ name: `${candidateId}.jpg`, bytes });
  }
  const plan = samplePlan({
    startsAtMs: Date.UTC(2026, 2, 1, 1, 0),
    centre: { name: '样本鉴定中心', recipient: RECIPIENT, verificationKeys: [sshPublicKeyLine(CENTRE_KEY)] },
    photoHashes,
  });
  return { plan, photos, files };
}

/** The same with one person on the block list (黑名单), whose picture shows the person of this number. */
export function withBlocked({ plan, photos, files }: PlanFixture, seed = 99): PlanFixture {
  const bytes = pngHead(102, 126, seed);
  const photo = { file: 'B01.jpg', sha256: sha256Hex(bytes) };
  const blocked = [{ blockedId: 'B01', name: '黑某（样本）', reason: '样本通报：替考', photo }];
  return {
    plan: { ...plan, blocked },
    photos: new Map([...photos, [photo.sha256, bytes]]),
    files: [...files, { name: photo.file, bytes }],
  };
}

/** The plan's workbook, changed by hand as a person would change it. */
export async function editedWorkbook(plan: Plan, edit: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(await writeWorkbook(plan)) as unknown as ArrayBuffer);
  edit(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
