import { chinaTime } from '../features/archive/bag-info.ts';
import { printable } from '../features/archive/claims/claim.ts';
import { escapeHtml } from '../features/archive/report-html.ts';
import { RESULT_WORDS, type RehearsalReport, verdictOf } from './report.ts';
import type { Played } from './step.ts';

const shown = (text: string): string => escapeHtml(printable(text));

const STYLE = `
@page { size: A4; margin: 14mm }
body { font: 15px/1.5 "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #1a1a1a; background: #fff;
  max-width: 1100px; margin: 0 auto; padding: 24px 36px }
h1 { font-size: 30px; margin: 0; border-bottom: 3px solid #1a1a1a; padding-bottom: 8px } h1 small, .en { font-size: 13px; color: #595959; font-weight: 400 }
.verdict { border: 2px solid; border-radius: 6px; padding: 10px 18px; margin: 16px 0; font-size: 20px; font-weight: 700 }
.verdict span { display: block; font-size: 14px; font-weight: 400; color: #1a1a1a }
.as-expected { color: #237804 } .not-as-expected { color: #cf1322 } .skipped { color: #595959 }
table { width: 100%; border-collapse: collapse } th { text-align: left; font-size: 13px; color: #595959; border-bottom: 2px solid #bfbfbf; padding: 5px 8px }
td { vertical-align: top; padding: 6px 8px; border-bottom: 1px solid #d9d9d9; overflow-wrap: anywhere } tr { break-inside: avoid }
td:first-child { white-space: nowrap; font-weight: 700 } td:last-child { white-space: nowrap; text-align: right }
pre, code { font: 12px/1.5 ui-monospace, Consolas, monospace; white-space: pre-wrap } footer { margin-top: 14px; font-size: 13px; color: #595959 }
@media print { body { padding: 0; font-size: 10pt } }
`;

function row(step: RehearsalReport['steps'][number]): string {
  const word = RESULT_WORDS[step.result as Played['result']];
  const english = step.en === step.zh ? '' : `<div class="en">${shown(step.en)}</div>`;
  return `<tr><td class="${escapeHtml(step.result)}">${word.mark} ${word.zh}<div class="en">${word.en}</div></td>
<td><b>${shown(step.title.zh)}</b><div class="en">${shown(step.title.en)}</div></td>
<td>${shown(step.zh)}${english}</td><td>${step.tookMs} ms</td></tr>`;
}

/** 考前演练报告: one self-contained page without script, in both languages, that prints on A4. */
export function rehearsalHtml(report: RehearsalReport): string {
  const sentence = verdictOf(report);
  const mood = report.asExpected ? 'as-expected' : 'not-as-expected';
  const origins = Object.entries(report.liveFrames).map(([id, origin]) => `${id} ${ORIGINS[origin] ?? origin}`);
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>考前演练报告</title><style>${STYLE}</style></head><body>
<h1>考前演练报告 <small>Rehearsal report</small></h1>
<div class="verdict ${mood}">${report.asExpected ? '✓' : '✕'} ${escapeHtml(sentence.zh)}<span>${escapeHtml(sentence.en)}</span></div>
<table><thead><tr><th>结果 Result</th><th>步骤 Step</th><th>经过 What happened</th><th>用时 Took</th></tr></thead>
<tbody>${report.steps.map(row).join('\n')}</tbody></table>
${report.complaints === '' ? '' : `<h2>工作站报错 The station complained</h2><pre>${escapeHtml(report.complaints.slice(0, 20_000))}</pre>`}
<footer>工作站 ${escapeHtml(report.version)}，${chinaTime(Date.parse(report.begunAt))}；${report.calls} 次调用，${report.acknowledged} 项回执，启动 ${report.stationStarts} 次。
${report.calls} calls, ${report.acknowledged} acknowledgements, ${report.stationStarts} starts of the station.<br>
样本数据：姓名和证件号码都不是真人的。照片来自公开的 npm 包。Specimen data: no name or number is a real person's; the photographs come from public npm packages.<br>
现场画面 Live frames: ${shown(origins.join('；'))}${report.notes.map((n) => `<br>${shown(n)}`).join('')}</footer>
</body></html>
`;
}

const ORIGINS: Readonly<Record<string, string>> = {
  'other-stills': '同一人的另外几张照片 other stills of the same person',
  'other-clip-frames': '同一人另外的视频画面 other clip frames of the same person',
  'same-still-transformed':
    '同一张照片变换（亮度、角度、压缩） the same still, transformed (light, angle, compression)',
  none: '没有（两人核验） none (two persons)',
};
