import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { sshPublicKeyLine, verifySsh } from '../../../lib/sshsig.ts';

import { RULES_NAMESPACE, RulePack, RulePackFile } from '../../rules/rule-pack.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import { JournalLine, PLAN_PATH, RULE_PACK_PATH } from './documents.ts';

export const RULES_RECORD_PATH = 'data/2-plan/rules-record.json.age';

const FROZEN: Question = {
  id: 'rules.1',
  title: {
    zh: '规则包就是开场时固定的那一份',
    en: 'The rule pack is the one that was fixed when the session was opened',
  },
};
const CHANGED: Question = {
  id: 'rules.2',
  title: {
    zh: '本地改过的值都由两人改、有理由、记在日志里',
    en: 'Every value changed here was changed by two persons, with a reason, and is in the journal',
  },
};
const SIGNED: Question = {
  id: 'rules.3',
  title: {
    zh: '鉴定中心签名的规则逐条与签名的文件相符',
    en: 'Clauses that the centre signed are those of the signed file, one by one',
  },
};

const text = z.string().max(2_000_000);
const Value = z.union([z.int(), z.boolean(), z.string().max(80)]);
const Person = z.object({ staffId: z.string().max(60) });
const RulesRecordDocument = z.object({
  packSha256: z.string().max(64),
  changes: z
    .array(
      z.object({
        changeId: z.string().max(40),
        packId: z.string().max(40),
        clauseId: z.string().max(80),
        was: Value,
        value: Value,
        reason: z.string().max(400),
        by: Person,
        second: Person,
      }),
    )
    .max(500),
  signed: z
    .array(
      z.object({ packId: z.string().max(40), version: z.int(), sha256: z.string().max(64), text, signature: text }),
    )
    .max(20),
});
const CentreDocument = z.object({ centre: z.object({ verificationKeys: z.array(z.string().max(300)).max(16) }) });
type RulesRecord = z.infer<typeof RulesRecordDocument>;
type Lines = readonly z.infer<typeof JournalLine>[];

/** What a bundle proves about the rules its session went by. */
export const rulesClaims: ContentClaim = async (_index, readJson, readLines): Promise<Claim[]> => {
  const pack = RulePack.safeParse(await readJson(RULE_PACK_PATH));
  const record = RulesRecordDocument.safeParse(await readJson(RULES_RECORD_PATH));
  const lines = (await readLines(ENTRIES_PATH))?.flatMap((line) => JournalLine.safeParse(line).data ?? []);
  if (!pack.success || !record.success || !lines) {
    const why = ['包里没有可读的规则包记录。', 'The bundle has no readable record of its rules.'] as const;
    return [FROZEN, CHANGED, SIGNED].map((q) => notPresent(q, ...why));
  }
  const plan = CentreDocument.safeParse(await readJson(PLAN_PATH));
  return [
    frozenClaim(pack.data, record.data, lines),
    changedClaim(pack.data, record.data, lines),
    signedClaim(pack.data, record.data, plan.data?.centre.verificationKeys ?? []),
  ];
};

function frozenClaim(pack: RulePack, { packSha256 }: RulesRecord, lines: Lines): Claim {
  const sha256 = createHash('sha256').update(canonicalJson(pack)).digest('hex');
  const frozen = lines.filter((line) => line.event === 'rules.frozen');
  const same = frozen.length === 1 && frozen[0]!.data.sha256 === sha256 && packSha256 === sha256;
  const named = `${printable(pack.title.zh)} ${pack.id} ${pack.version}`;
  return same
    ? pass(FROZEN, `${named}，与日志相符。`, `${pack.id} ${pack.version}, as the journal has it.`)
    : fail(FROZEN, '与日志里开场时的哈希不符。', 'It differs from the hash the journal has from the opening.', [
        RULE_PACK_PATH,
        ENTRIES_PATH,
      ]);
}

function changedClaim(pack: RulePack, { changes }: RulesRecord, lines: Lines): Claim {
  const wrong: string[] = [];
  const changed = pack.clauses.filter((c) => c.changed);
  const journal = new Map(
    lines.flatMap((line) => (line.event === 'rules.changed' ? [[line.data.changeId, line.data] as const] : [])),
  );
  for (const c of changed) {
    const said = changes.find((x) => x.changeId === c.changed!.changeId);
    const entry = journal.get(c.changed!.changeId);
    const { by, second, ...rest } = said ?? {};
    const spelled = said && canonicalJson({ ...rest, byStaffId: by!.staffId, secondStaffId: second!.staffId });
    const holds =
      said?.clauseId === c.id &&
      said.packId === pack.id &&
      said.was === c.changed!.was &&
      said.value === c.value &&
      said.by.staffId !== said.second.staffId &&
      said.reason.trim() !== '' &&
      c.severity === 'parameter' &&
      entry !== undefined &&
      canonicalJson(entry) === spelled;
    if (!holds) wrong.push(printable(c.id));
  }
  const known = new Set(changed.map((c) => c.changed!.changeId));
  wrong.push(...changes.filter((c) => !known.has(c.changeId)).map((c) => printable(c.clauseId)));
  if (wrong.length > 0) {
    return fail(CHANGED, `对不上：${wrong.join('、')}。`, `These do not agree: ${wrong.join(', ')}.`, [
      RULE_PACK_PATH,
      RULES_RECORD_PATH,
    ]);
  }
  const names = changed.map((c) => `${c.id}（${String(c.changed!.was)} → ${String(c.value)}）`);
  if (names.length === 0) return pass(CHANGED, '本地没有改过。', 'Nothing was changed here.');
  return pass(
    CHANGED,
    `改过 ${names.length} 条：${names.join('、')}。`,
    `${names.length} changed: ${names.join(', ')}.`,
  );
}

function signedClaim(pack: RulePack, { signed }: RulesRecord, centreKeys: readonly string[]): Claim {
  const layers = pack.layers ?? [];
  const wrong: string[] = [];
  const files = new Map<string, RulePackFile>();
  for (const layer of layers.filter((l) => l.signedBy !== null)) {
    const file = signed.find((s) => s.sha256 === layer.sha256);
    const parsed = file && signedFile(file, centreKeys);
    if (parsed?.id === layer.id && parsed.version === layer.version) files.set(layer.id, parsed);
    else wrong.push(layer.id);
  }
  const shipped = new Set(layers.flatMap((l) => (l.signedBy === null ? [l.id] : [])));
  for (const { pack: from = '', changed, ...clause } of pack.clauses) {
    const file = files.get(from);
    const own = file?.clauses.find((c) => c.id === clause.id);
    if (own && file) {
      const { jurisdiction = file.jurisdiction, ...rest } = own;
      const stated = { ...clause, ...(changed && { value: changed.was }) };
      if (canonicalJson({ ...rest, jurisdiction }) !== canonicalJson(stated)) wrong.push(clause.id);
    } else if (!shipped.has(from)) wrong.push(clause.id);
  }
  if (wrong.length > 0) {
    const names = wrong.map(printable);
    return fail(SIGNED, `对不上：${names.join('、')}。`, `These do not agree: ${names.join(', ')}.`, [
      RULE_PACK_PATH,
      RULES_RECORD_PATH,
    ]);
  }
  if (files.size === 0) {
    return notPresent(
      SIGNED,
      `规则包都是随软件带来的（${[...shipped].map(printable).join('、')}），没有中心的签名。`,
      `All packs came with the station (${[...shipped].map(printable).join(', ')}); none is signed by the centre.`,
    );
  }
  const names = [...files.values()].map((f) => `${f.id} ${f.version}`).join('、');
  return pass(SIGNED, `${names}，签名和条款都相符。`, `${names}: signature and clauses agree.`);
}

/** The signed file, when a key of the centre's card signed just these bytes. */
function signedFile(file: RulesRecord['signed'][number], centreKeys: readonly string[]): RulePackFile | null {
  const bytes = Buffer.from(file.text, 'utf8');
  const checked = verifySsh(file.signature, bytes, RULES_NAMESPACE);
  if (!checked.ok || createHash('sha256').update(bytes).digest('hex') !== file.sha256) return null;
  const line = sshPublicKeyLine(checked.value.publicKey);
  if (!centreKeys.some((key) => key.split(' ').slice(0, 2).join(' ') === line)) return null;
  try {
    return RulePackFile.safeParse(JSON.parse(file.text)).data ?? null;
  } catch {
    return null;
  }
}
