import { chinaTime } from './bag-info.ts';
import { printable } from './claims/claim.ts';
import { claimLabel, inReadingOrder, NOT_PROVED, RESULT_WORDS, verdict } from './report-words.ts';
import type { VerifyReport } from './verify-bundle.ts';

const MAX_FILES_SHOWN = 50;

/** The report for a terminal: the same order and words as the page, every foreign text made harmless. */
export function reportText(report: VerifyReport): string {
  const { bundle, counts } = report;
  const sentence = verdict(report);
  const lines = [
    `封存包核验报告 Bundle verification report`,
    [
      bundle.organization,
      bundle.date,
      bundle.identifier || report.directory,
      bundle.sealCode && `封存码 Seal ${bundle.sealCode}`,
    ]
      .filter(Boolean)
      .map(printable)
      .join(' · '),
    ...(bundle.rehearsal ? ['演练数据，不是真实考试 Rehearsal data, not a real exam'] : []),
    `✓ ${counts.pass} 通过 passed   ✕ ${counts.fail} 不通过 failed   – ${counts.notPresent} 没有提供 not present`,
    '',
    `${counts.fail > 0 ? '✕' : '✓'} ${sentence.zh}`,
    `  ${sentence.en}`,
    '',
  ];
  for (const claim of inReadingOrder(report.claims)) {
    const word = RESULT_WORDS[claim.result];
    lines.push(`${word.mark} ${word.zh}  ${printable(claimLabel(claim, 'zh'))}  ${printable(claim.title.zh)}`);
    lines.push(`    ${printable(claim.detail.zh)}`);
    const english = claim.detail.en === claim.detail.zh ? '' : `. ${printable(claim.detail.en)}`;
    lines.push(`    ${word.en}, ${claim.id}: ${printable(claim.title.en)}${english}`);
    if (claim.command) lines.push(`    $ ${printable(claim.command)}`);
    const files = claim.files ?? [];
    lines.push(...files.slice(0, MAX_FILES_SHOWN).map((file) => `      ${printable(file)}`));
    if (files.length > MAX_FILES_SHOWN) lines.push(`      …… +${files.length - MAX_FILES_SHOWN}`);
  }
  lines.push('', NOT_PROVED.zh, NOT_PROVED.en);
  lines.push(`kaodian verify ${report.toolVersion}  ${chinaTime(report.checkedAtMs)}`);
  return `${lines.join('\n')}\n`;
}
