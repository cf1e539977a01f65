import { chinaTime } from '../features/archive/bag-info.ts';
import type { CentreDb } from './centre-store.ts';

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

/** The centre's page: sites, bundles with their claims, and what went wrong. Plain HTML without script; it names no candidate. */
export async function centrePage(db: CentreDb, name: string, keepUnfinishedMs: number): Promise<string> {
  const [stations, bundles, problems, checkpoints] = await Promise.all([
    db.selectFrom('stations').selectAll().orderBy('station_id').execute(),
    db.selectFrom('bundles').selectAll().orderBy('number', 'desc').limit(500).execute(),
    db
      .selectFrom('uploads')
      .selectAll()
      .where('state', '!=', 'accepted')
      .orderBy('changed_ms', 'desc')
      .limit(200)
      .execute(),
    db
      .selectFrom('seen_checkpoints')
      .select((eb) => ['station_id', eb.fn.max('size').as('size'), eb.fn.max('seen_ms').as('seen_ms')])
      .groupBy('station_id')
      .execute(),
  ]);
  const seen = new Map(checkpoints.map((c) => [c.station_id, c]));
  const counted = (claims: string) => {
    const results = (JSON.parse(claims) as [string, string][]).map(([, result]) => result);
    const of = (wanted: string) => results.filter((r) => r === wanted).length;
    return `通过 ${of('pass')} · 没有提供 ${of('not-present')}`;
  };
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${escaped(name)}</title>
<meta http-equiv="refresh" content="30"><style>
body{font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;margin:24px auto;max-width:1280px;color:#1f1f1f}
h1{font-size:28px;margin:0}h2{font-size:20px;margin:32px 0 8px}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:8px 12px;border-bottom:1px solid #d9d9d9;vertical-align:top}
th{font-weight:600;color:#595959}code{font-size:14px}.none{color:#595959}.bad{color:#cf1322;font-weight:600}.good{color:#237804;font-weight:600}
</style><h1>${escaped(name)}</h1><p class="none">封存包的接收与回执 Bundles received, and their receipts<br>
没传完的保留 ${daysOf(keepUnfinishedMs)} 天，过期由考点从头再传 Uploads never finished are kept ${daysOf(keepUnfinishedMs)} days; the station then begins anew</p>
${table(
  '没有签收的 Problems',
  ['时间 Time', '考点 Station', '封存包 Bundle', '状态 State', '原因 Reasons'],
  problems.map((p) =>
    row(
      chinaTime(p.changed_ms),
      escaped(p.station_id),
      escaped(p.bundle_id),
      `<span class="${p.state === 'refused' ? 'bad' : ''}">${STATES[p.state] ?? escaped(p.state)}</span>`,
      escaped(reasonsOf(p.refusal)),
    ),
  ),
  '没有。None.',
)}
${table(
  '已签收 Accepted',
  ['回执号 Receipt', '时间 Time', '考点 Station', '封存包 Bundle', '核验 Claims', '封存码 Seal code'],
  bundles.map((b) =>
    row(
      `<span class="good">${escaped(b.receipt_number)}</span>`,
      chinaTime(b.accepted_ms),
      escaped(b.station_id),
      escaped(b.bundle_id),
      counted(b.claims),
      `<code>${escaped(b.tag_manifest_sha256.slice(0, 12).toUpperCase().match(/.{4}/g)!.join(' '))}</code>`,
    ),
  ),
  '还没有。None yet.',
)}
${table(
  '考点 Stations',
  ['考点 Station', '名称 Name', '登记 Enrolled', '见过的日志 Journal seen', '公钥 Key'],
  stations.map((s) =>
    row(
      escaped(s.station_id),
      escaped(s.site_name),
      chinaTime(s.enrolled_ms),
      seen.has(s.station_id)
        ? `${seen.get(s.station_id)!.size} 条，${chinaTime(Number(seen.get(s.station_id)!.seen_ms))}`
        : '–',
      `<code>${escaped(s.signing_key)}</code>`,
    ),
  ),
  '还没有登记考点。No station is enrolled.',
)}
</html>`;
}

const daysOf = (ms: number): number => Math.round(ms / 8_640_000) / 10;

function reasonsOf(refusal: string | null): string {
  if (refusal === null) return '';
  const reasons = JSON.parse(refusal) as { code: string; claims?: string[] }[];
  return reasons
    .map(({ code, claims = [] }) => (claims.length > 0 ? `${code}: ${claims.join(' ')}` : code))
    .join(' · ');
}
