import { chinaTime } from './bag-info.ts';
import { type BundleIndex, externalIdentifier, VOLUME_FOLDERS, type Volume } from './bundle-format.ts';
import { printable } from './claims/claim.ts';
import type { OpenedFile } from './opened-file.ts';
import { escapeHtml } from './report-html.ts';

const VOLUME_TITLES: Record<Volume, string> = {
  1: '第一卷 报名 Volume 1, enrolment',
  2: '第二卷 计划 Volume 2, plan',
  3: '第三卷 过程 Volume 3, process',
  4: '第四卷 成绩 Volume 4, results',
  5: '第五卷 证书 Volume 5, certificates',
  video: '录像 Recordings',
  journal: '日志 Journal',
  supervision: '督导 Supervision',
};
const WORDS: Record<Exclude<OpenedFile['kind'], 'opened'>, string> = {
  damaged: '✕ 损坏，没有打开 damaged, not opened',
  missing: '✕ 包里没有 missing',
  'other-key': '– 只有别的密钥能打开 for another key',
};
const shown = (text: string): string => escapeHtml(printable(text));

function row(opened: OpenedFile): string {
  const { item } = opened;
  const what =
    opened.kind === 'opened'
      ? `<a href="${encodeURI(opened.file)}">${shown(opened.file)}</a>`
      : `${shown(item.path)} <b class="${opened.kind}">${WORDS[opened.kind]}</b>`;
  const interval =
    item.beginMs === undefined
      ? ''
      : `${chinaTime(item.beginMs)}${item.endMs === undefined ? '' : ` – ${chinaTime(item.endMs)}`}`;
  return `<tr><td>${shown(item.title.zh)}<br><small>${shown(item.title.en)}</small></td><td>${shown(item.subject ?? '')}</td>
<td>${what}<br><small>${shown(item.mediaType)} · ${item.sizeBytes} B${interval && ` · ${interval}`}</small></td></tr>`;
}

/** The page beside opened files: what there is, by volume. No script. */
export function openedPage(index: BundleIndex, files: readonly OpenedFile[]): string {
  const { bundle } = index;
  const parts = ([1, 2, 3, 4, 5, 'video', 'journal', 'supervision'] as const).map((volume) => {
    const rows = files.filter(({ item }) => item.volume === volume).map(row);
    return rows.length === 0
      ? ''
      : `<h2 id="${VOLUME_FOLDERS[volume]}">${VOLUME_TITLES[volume]}</h2><table>${rows.join('\n')}</table>`;
  });
  const notOpened = files.filter((file) => file.kind !== 'opened').length;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${shown(externalIdentifier(bundle))}</title><style>
body { font: 15px/1.5 "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; max-width: 1200px; margin: 24px auto; padding: 0 24px }
table { width: 100%; table-layout: fixed; border-collapse: collapse } td:first-child { width: 32% } td:nth-child(2) { width: 14% } td { border-bottom: 1px solid #d9d9d9; padding: 6px 8px; vertical-align: top; overflow-wrap: anywhere }
small, .other-key { color: #595959 } .damaged, .missing, .rehearsal { color: #cf1322 }</style></head><body>
<h1>${shown(bundle.siteName)}　${shown(externalIdentifier(bundle))}</h1>
${bundle.rehearsal ? '<p><b class="rehearsal">演练数据，不是真实考试 Rehearsal data, not a real exam</b></p>' : ''}
<p>${chinaTime(bundle.sealedAtMs)} 封存 sealed · ${files.length} 项 items · ${notOpened} 项没有打开 not opened</p>
<p>打开不等于核验：签名和清单请用 kaodian verify 或包内 README 的命令核对。<br>
<small>Opening is not verifying: check signature and lists with kaodian verify, or by the commands in the bundle's README.</small></p>
${parts.join('\n')}
</body></html>
`;
}
