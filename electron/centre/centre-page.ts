import { chinaTime } from '../features/archive/bag-info.ts';
import { sealCodeOf } from '../features/archive/bundle-format.ts';
import { publicKeyOfLine, sshFingerprint } from '../lib/ssh-key-text.ts';
import type { CentreDb } from './centre-store.ts';
import { refusalWords } from './refusal-words.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!);

const row = (...cells: string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const table = (title: string, head: string[], rows: string[], empty: string): string =>
  `<h2>${title}</h2>${
    rows.length === 0
      ? `<p class="none">${empty}</p>`
      : `<table><tr>${head.map((h) => `<th>${h}</th>`).join('')}</tr>${rows.join('')}</table>`
  }`;

const STATES: Record<string, string> = {
  receiving: '在收 Receiving',
  received: '在核验 Checking',
  refused: '没有签收 Refused',
  expired: '没传完，已过保留期 Never arrived whole',
  'sent-again': '已重送 Sent again',
  accepted: '已签收 Accepted',
};

/** Beijing time, as the page says once at its top. */
const timeText = (ms: number): string => chinaTime(ms).slice(0, 19);

/** The centre's page: what went wrong, what is on its way, bundles with their claims, sites. Plain HTML without script; no candidate. */
export async function centrePage(db: CentreDb, name: string, keepUnfinishedMs: number): Promise<string> {
  const uploads = (states: string[]) =>
    db
      .selectFrom('uploads')
      .selectAll()
      .where('state', 'in', states)
      .orderBy('changed_ms', 'desc')
      .limit(200)
      .execute();
  const [stations, keys, bundles, stopped, underway, checkpoints] = await Promise.all([
    db.selectFrom('stations').selectAll().orderBy('station_id').execute(),
    db.selectFrom('station_keys').select(['station_id', 'signing_key', 'ended']).orderBy('number').execute(),
    db.selectFrom('bundles').selectAll().orderBy('number', 'desc').limit(500).execute(),
    uploads(['refused', 'expired']),
    uploads(['receiving', 'received']),
    db
      .selectFrom('seen_checkpoints')
      .select((eb) => ['station_id', eb.fn.max('size').as('size'), eb.fn.max('seen_ms').as('seen_ms')])
      .groupBy('station_id')
      .execute(),
  ]);
  const siteOf = new Map(stations.map((s) => [s.station_id, s.site_name]));
  const keyOf = new Map(keys.map((k) => [k.station_id, k]));
  const seen = new Map(checkpoints.map((c) => [c.station_id, c]));
  const site = (id: string) => `${escaped(siteOf.get(id) ?? '')}<br><code>${escaped(id)}</code>`;
  const upload = (u: (typeof underway)[number]) =>
    row(
      timeText(Number(u.changed_ms)),
      site(u.station_id),
      `${escaped(u.bundle_id)}<br><span class="none">${sizeWords(Number(u.size_bytes))}</span>`,
      `<span class="${u.state === 'refused' ? 'bad' : ''}">${STATES[u.state] ?? escaped(u.state)}</span>`,
      refusalWords(u.refusal).map(escaped).join('<br>'),
    );
  const columns = ['时间 Time', '考点 Site', '封存包 Bundle', '状态 State', '原因 Reasons'];
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${escaped(name)}</title>
<meta http-equiv="refresh" content="30"><style>
body{font:16px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;margin:24px auto;padding:0 24px;max-width:1280px;color:#1f1f1f}
h1{font-size:28px;margin:0}h2{font-size:20px;margin:28px 0 8px}p{margin:4px 0}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:8px 12px;border-bottom:1px solid #d9d9d9;vertical-align:top}
th{font-weight:600;color:#595959;white-space:nowrap}td:first-child{white-space:nowrap}code{font-size:14px;color:#595959}
.none{color:#595959}.bad{color:#cf1322;font-weight:600}.good{color:#237804;font-weight:600}summary{cursor:pointer}
</style><h1>${escaped(name)}</h1><p class="none">封存包的接收与回执，北京时间 Bundles received, and their receipts; Beijing time</p>
${table(`没有签收 Not accepted${stopped.length > 0 ? ` · ${stopped.length}` : ''}`, columns, stopped.map(upload), '没有。None.')}
${table('在收、在核验 On their way', columns, underway.map(upload), '没有。None.')}
<p class="none">没传完的保留 ${daysOf(keepUnfinishedMs)} 天，过期由考点从头再传 Uploads never finished are kept ${daysOf(keepUnfinishedMs)} days; the station then begins anew</p>
${table(
  '已签收 Accepted',
  ['回执号 Receipt', '时间 Time', '考点 Site', '封存包 Bundle', '核验 Claims', '封存码 Seal code'],
  bundles.map((b) =>
    row(
      `<span class="good">${escaped(b.receipt_number)}</span>`,
      timeText(Number(b.accepted_ms)),
      site(b.station_id),
      escaped(b.bundle_id),
      claimWords(b.claims),
      escaped(sealCodeOf(b.tag_manifest_sha256)),
    ),
  ),
  '还没有。None yet.',
)}
${table(
  '考点 Sites',
  ['考点 Site', '登记 Enrolled', '见证过的日志 Journal witnessed', '密钥指纹 Key fingerprint'],
  stations.map((s) => {
    const witnessed = seen.get(s.station_id);
    const key = keyOf.get(s.station_id);
    const publicKey = publicKeyOfLine(key?.signing_key ?? s.signing_key);
    return row(
      site(s.station_id),
      timeText(Number(s.enrolled_ms)),
      witnessed ? `${witnessed.size} 条 entries<br>${timeText(Number(witnessed.seen_ms))}` : '还没有 none yet',
      `<code>${publicKey ? escaped(sshFingerprint(publicKey)) : ''}</code>${key?.ended ? '<br><span class="bad">已作废 withdrawn</span>' : ''}`,
    );
  }),
  '还没有登记考点。No site is enrolled.',
)}
</html>`;
}

const daysOf = (ms: number): number => Math.round(ms / 8_640_000) / 10;

const sizeWords = (bytes: number): string =>
  bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${(bytes / 1_000_000_000).toFixed(1)} GB`;

/** How many passed; what was not there to be checked is named behind a fold. */
function claimWords(claims: string): string {
  const results = JSON.parse(claims) as [id: string, result: string][];
  const passed = results.filter(([, result]) => result === 'pass').length;
  const absent = results.filter(([, result]) => result === 'not-present').map(([id]) => id);
  const folded = `<details><summary class="none">没有提供 not present ${absent.length}</summary>${escaped(absent.join(' '))}</details>`;
  return `通过 passed ${passed}${absent.length > 0 ? folded : ''}`;
}
