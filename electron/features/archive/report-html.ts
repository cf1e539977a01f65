import { chinaTime } from './bag-info.ts';
import { type Claim, printable } from './claims/claim.ts';
import { claimLabel, inReadingOrder, isUnlimited, NOT_PROVED, RESULT_WORDS, verdict } from './report-words.ts';
import type { VerifyReport } from './verify-bundle.ts';

const MAX_FILES_SHOWN = 200;

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const shown = (text: string): string => escapeHtml(printable(text));

const STYLE = `
@page { size: A4; margin: 14mm }
* { box-sizing: border-box }
body { font: 15px/1.5 "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #1a1a1a; background: #fff;
  max-width: 1296px; margin: 0 auto; padding: 24px 36px }
header { display: flex; justify-content: space-between; align-items: flex-end; gap: 24px; border-bottom: 3px solid #1a1a1a; padding-bottom: 10px }
h1 { font-size: 32px; line-height: 1.3; margin: 0 } h1 small { font-size: 16px; font-weight: 400; color: #595959; white-space: nowrap }
.seal { white-space: nowrap }
.of { font-size: 16px; color: #595959; overflow-wrap: anywhere }
.counts { display: flex; gap: 40px; text-align: right; white-space: nowrap }
.counts b { display: block; font-size: 46px; line-height: 1.1 }
.pass { color: #237804 } .fail { color: #cf1322 } .not-present { color: #595959 }
.verdict { border: 2px solid; border-radius: 6px; padding: 10px 18px; margin: 16px 0 10px; font-size: 22px; font-weight: 700 }
.verdict.fail { background: #fff1f0 } .verdict.pass { background: #f6ffed }
.verdict span { display: block; font-size: 15px; font-weight: 400; color: #1a1a1a }
.rehearsal { background: #fffbe6; border: 2px solid #ad6800; padding: 6px 18px; margin: 16px 0 0; font-weight: 700 }
table { width: 100%; border-collapse: collapse } th { text-align: left; font-size: 14px; color: #595959; border-bottom: 2px solid #bfbfbf; padding: 6px 8px }
td { vertical-align: top; padding: 7px 8px; border-bottom: 1px solid #d9d9d9 } tr { break-inside: avoid }
td:first-child { width: 124px; white-space: nowrap; font-weight: 700 } td:nth-child(2) { width: 132px; color: #595959 }
.en { color: #595959; font-size: 13px } .detail { color: #434343 } strong { font-size: 16px }
code, ul { font: 13px/1.5 ui-monospace, "Noto Sans Mono CJK SC", Consolas, monospace; overflow-wrap: anywhere }
ul { margin: 4px 0 0; padding-left: 18px } footer { margin-top: 12px; font-size: 13px; color: #595959 }
@media print { body { padding: 0; font-size: 10pt } h1 { font-size: 18pt } h1 small { display: block; font-size: 10pt } .counts { gap: 16px }
.counts b { font-size: 24pt } .counts .en { display: block } .verdict { font-size: 13pt } strong { font-size: 10.5pt } td { padding: 4px 6px }
td:first-child { width: 92px } td:nth-child(2) { width: 84px } .en, code, ul, footer { font-size: 8.5pt } }
`;

function claimRow(claim: Claim): string {
  const word = RESULT_WORDS[claim.result];
  const files = (claim.files ?? []).slice(0, MAX_FILES_SHOWN).map((file) => `<li>${shown(file)}</li>`);
  const more = (claim.files?.length ?? 0) - files.length;
  if (more > 0) files.push(`<li>…… 还有 ${more} 个，见 --json / ${more} more, see --json</li>`);
  const english = claim.detail.en === claim.detail.zh ? '' : ` <span class="en">${shown(claim.detail.en)}</span>`;
  return `<tr>
<td class="${claim.result}">${word.mark} ${word.zh}<div class="en">${word.en}</div></td>
<td>${shown(claimLabel(claim, 'zh'))}<div class="en">${shown(claimLabel(claim, 'en'))}</div></td>
<td><strong>${shown(claim.title.zh)}</strong> <span class="en">${shown(claim.title.en)}</span>
<div class="detail">${shown(claim.detail.zh)}${english}</div>
${claim.command ? `<div class="en">可自己核 Repeat it: <code>${escapeHtml(claim.command)}</code></div>` : ''}
${files.length > 0 ? `<ul>${files.join('')}</ul>` : ''}</td>
</tr>`;
}

/** 封存包核验报告: one self-contained page without script, in both languages, that prints on A4. */
export function reportHtml(report: VerifyReport): string {
  const { bundle, counts } = report;
  const sentence = verdict(report);
  const of = [bundle.organization, bundle.date, bundle.identifier || report.directory].filter(Boolean).map(shown);
  // Green only where somebody outside vouches and the inside was looked at.
  const mood = counts.fail > 0 ? 'fail' : isUnlimited(report) ? 'pass' : 'not-present';
  const count = (result: Claim['result'], n: number) => {
    const word = RESULT_WORDS[result];
    return `<div class="${n === 0 ? 'not-present' : result}"><b>${n}</b>${word.mark} ${word.zh} <span class="en">${word.en}</span></div>`;
  };
  const rulePack = report.rulePack ? `　规则包 ${shown(report.rulePack)}` : '';
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>封存包核验报告 ${shown(bundle.identifier || report.directory)}</title><style>${STYLE}</style></head><body>
<header><div><h1>封存包核验报告 <small>Bundle verification report</small></h1>
<div class="of">${of.join(' · ')}${bundle.sealCode ? ` · <span class="seal">封存码 Seal <b>${shown(bundle.sealCode)}</b></span>` : ''}</div></div>
<div class="counts">${count('pass', counts.pass)}${count('fail', counts.fail)}${count('not-present', counts.notPresent)}</div></header>
${bundle.rehearsal ? '<div class="rehearsal">演练数据，不是真实考试 Rehearsal data, not a real exam</div>' : ''}
<div class="verdict ${mood}">${counts.fail > 0 ? '✕' : '✓'} ${escapeHtml(sentence.zh)}<span>${escapeHtml(sentence.en)}</span></div>
<table><thead><tr><th>结果 Result</th><th>条目 Claim</th><th>核了什么，凭什么 What was checked, and by what</th></tr></thead>
<tbody>${inReadingOrder(report.claims).map(claimRow).join('\n')}</tbody></table>
<footer>kaodian verify ${escapeHtml(report.toolVersion)}　核验于 Checked ${chinaTime(report.checkedAtMs)}，离线，只读 offline, read-only${rulePack}<br>
${NOT_PROVED.zh} ${NOT_PROVED.en}</footer>
</body></html>
`;
}
