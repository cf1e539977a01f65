import { ENTRIES_PATH } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import { declarationsSha256 } from '../declaration-signature.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import { JournalLine } from './documents.ts';
import {
  DECLARATIONS_PATH,
  DECLARATIONS_SIGNATURE_PATH,
  DeclarationsDocument,
  SignedDeclarations,
} from './volume-documents.ts';

const SIGNED: Question = {
  id: 'declared.1',
  title: { zh: '缺项都写了原因，负责人签了字', en: 'Every missing item has a reason, signed by the lead' },
};

/** The lead's hand stands under exactly these reasons, and the journal reports that signature. */
export const declarationClaims: ContentClaim = async (_index, readJson, readLines): Promise<Claim[]> => {
  const document = DeclarationsDocument.safeParse(await readJson(DECLARATIONS_PATH));
  if (!document.success) return [notPresent(SIGNED, '包里没有缺项说明。', 'The bundle has no declarations.')];
  const { declarations, signature } = document.data;
  if (declarations.length === 0) return [pass(SIGNED, '没有缺项。', 'Nothing was declared missing.')];
  if (!signature) {
    return [
      notPresent(SIGNED, `${declarations.length} 项有原因，没有签字。`, `${declarations.length} reasons, not signed.`),
    ];
  }
  const hand = SignedDeclarations.safeParse(await readJson(DECLARATIONS_SIGNATURE_PATH));
  const digest = declarationsSha256(declarations);
  const lines = (await readLines(ENTRIES_PATH))?.flatMap((line) => JournalLine.safeParse(line).data ?? []) ?? [];
  const reported = lines.some(
    (l) =>
      l.event === 'archive.declarations-signed' &&
      l.data.evidenceId === signature.evidenceId &&
      l.data.declarationsSha256 === digest,
  );
  const agrees = hand.success && hand.data.declarationsSha256 === digest && signature.declarationsSha256 === digest;
  return [
    agrees && reported
      ? pass(
          SIGNED,
          `${declarations.length} 项，${printable(signature.byName)}签字。`,
          `${declarations.length} items, signed by ${printable(signature.byName)}.`,
        )
      : fail(SIGNED, '签字和原因对不上。', 'The signature does not stand for these reasons.', [
          DECLARATIONS_PATH,
          DECLARATIONS_SIGNATURE_PATH,
        ]),
  ];
};
