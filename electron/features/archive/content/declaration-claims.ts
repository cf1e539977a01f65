import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import { declarationsSha256 } from '../declaration-signature.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import { type JournalEntry, linesAbout } from './journal-lines.ts';
import {
  DECLARATIONS_PATH,
  DECLARATIONS_SIGNATURE_PATH,
  DeclarationsDocument,
  SignedDeclarations,
  STAFF_PATH,
  StaffDocument,
} from './volume-documents.ts';

const SIGNED: Question = {
  id: 'declared.1',
  title: { zh: '缺项都写了原因，负责人签了字', en: 'Every missing item has a reason, signed by the lead' },
};

/** The lead's hand stands under exactly these reasons, and the journal reports that signature. */
export const declarationClaims: ContentClaim = async (index, readJson, readLines): Promise<Claim[]> => {
  const document = DeclarationsDocument.safeParse(await readJson(DECLARATIONS_PATH));
  if (!document.success) return [notPresent(SIGNED, '包里没有缺项说明。', 'The bundle has no declarations.')];
  const { declarations, signature } = document.data;
  const declared = await linesAbout(readLines, 'archive.declared');
  if (!isAsJournaled(declarations, declared)) {
    return [fail(SIGNED, '原因与日志不一致。', 'The reasons are not what the journal has.', [DECLARATIONS_PATH])];
  }
  if (declarations.length === 0) return [pass(SIGNED, '没有缺项。', 'Nothing was declared missing.')];
  const digest = declarationsSha256(declarations);
  const signings = await linesAbout(readLines, 'archive.declarations-signed');
  if (!signature) {
    if (signings.at(-1)?.data.declarationsSha256 === digest) {
      const words = ['日志里签了字，包里没有。', 'The journal has a signature that the bundle lacks.'] as const;
      return [fail(SIGNED, ...words, [DECLARATIONS_PATH])];
    }
    return [
      notPresent(SIGNED, `${declarations.length} 项有原因，没有签字。`, `${declarations.length} reasons, not signed.`),
    ];
  }
  const hand = SignedDeclarations.safeParse(await readJson(DECLARATIONS_SIGNATURE_PATH));
  const file = index.items.find((i) => i.path === DECLARATIONS_SIGNATURE_PATH);
  const staff = StaffDocument.safeParse(await readJson(STAFF_PATH)).data ?? [];
  const signer = hand.success ? staff.find((s) => s.staffId === hand.data.by) : undefined;
  const reported = signings.some(
    (l) =>
      l.data.declarationsSha256 === digest &&
      l.data.evidenceId === signature.evidenceId &&
      l.data.sha256 === file?.sha256 &&
      l.actor?.staffId === signer?.staffId,
  );
  const agrees =
    hand.success &&
    hand.data.declarationsSha256 === digest &&
    signature.declarationsSha256 === digest &&
    signer?.name === signature.byName;
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

/** What the journal said last of every item, and of no other. */
function isAsJournaled(declarations: DeclarationsDocument['declarations'], declared: readonly JournalEntry[]): boolean {
  const said = new Map(declared.map((l) => [l.data.itemId, l.data.reason]));
  return said.size === declarations.length && declarations.every((d) => said.get(d.itemId) === d.reason);
}
