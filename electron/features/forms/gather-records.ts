import type { Violation } from '../examiners/violation.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import { clauseOf } from '../rules/rule-values.ts';
import type { FormsDeps, PanelChange, PanelEvaluation, Recusal } from './deps.ts';
import type { PanelRecordFacts, RecusalRecordFacts } from './form-facts.ts';
import { examinerLine, packWords } from './gather-head.ts';
import type { ReadHandwriting } from './gather-sheets.ts';
import { leadPlace } from './gather-summary.ts';
import type { SignaturePlace } from './signature-place.ts';

const ACTS: { [act: string]: string } = {
  planned: '按计划委派',
  drawn: '随机抽取',
  set: '委派',
  replaced: '替换',
  removed: '移出',
  recused: '自行回避',
  demanded: '要求回避',
};
const STAGES: { [stage: string]: string } = { assignment: '委派', 'sign-on': '签到', sealing: '封存前' };
/** The lead's signature under the closing stands for what is sealed, this record too; the others sign it in ink. */
async function recordPlaces(deps: FormsDeps, sessionId: string, read: ReadHandwriting): Promise<SignaturePlace[]> {
  const inInk = ['考评组长', '督导员'].map((duty) => ({ duty, signed: null }));
  return [...inInk, await leadPlace(deps, sessionId, read)];
}

/** 考评小组记录 of a session, room by room. */
export async function panelRecordOf(
  deps: FormsDeps,
  book: PlanBook,
  sessionId: string,
  read: ReadHandwriting,
): Promise<PanelRecordFacts> {
  const changes = deps.panels.changes(sessionId);
  const evaluations = deps.panels.evaluations(sessionId);
  const name = (id: string) => book.examiner(id)?.name ?? id;
  return {
    rooms: book.roomsOf(sessionId).map((room) => {
      const ofRoom = evaluations.filter((e) => e.roomId === room.roomId);
      const signedOn = new Map(
        ofRoom.flatMap((e) => (e.stage === 'sign-on' && e.examinerId ? [[e.examinerId, e.atMs] as const] : [])),
      );
      return {
        roomName: room.name,
        panel: book.panel(sessionId, room.roomId).map(({ examinerId, duty }) => ({
          ...examinerLine(book, examinerId, duty),
          signedOnAtMs: signedOn.get(examinerId) ?? null,
        })),
        changes: changes
          .filter((c) => c.roomId === room.roomId)
          .map((c) => ({
            atMs: c.atMs,
            act: ACTS[c.act] ?? c.act,
            panel: panelWords(c, name),
            reason: c.reason,
            by: deps.staffName(c.byStaffId),
            seq: c.seq,
          })),
        evaluations: ofRoom.map((e) => ({
          atMs: e.atMs,
          stage: STAGES[e.stage] ?? e.stage,
          findings: e.findings.map((f, i) => findingWords(deps, book, e, f, i)),
          factsSha256: e.factsSha256,
          seq: e.seq,
        })),
      };
    }),
    draw: deps.panels.draw(sessionId),
    rulePack: packWords(deps),
    places: await recordPlaces(deps, sessionId, read),
  };
}

const panelWords = ({ panel }: PanelChange, name: (id: string) => string): string =>
  panel.map((p) => (p.duty === 'lead' ? `${name(p.examinerId)}（组长）` : name(p.examinerId))).join('、');

function findingWords(deps: FormsDeps, book: PlanBook, e: PanelEvaluation, f: Violation, i: number): string {
  const whom = f.examinerId === null ? '' : `${book.examiner(f.examinerId)?.name ?? f.examinerId}：`;
  const what = f.outcome === 'not-known' ? `资料不全，无法判断（${f.ruleId}）` : clauseWords(deps, f);
  const decided = e.decisions.find((d) => d.finding === i);
  const said = decided ? `；${deps.staffName(decided.byStaffId)}决定：${decided.reason}` : '';
  return `${f.severity === 'block' ? '不符' : '提醒'}　${whom}${what}${said}`;
}

const clauseWords = (deps: FormsDeps, f: Violation): string =>
  `${clauseOf(deps.pack(), f.ruleId).text.zh}（${f.ruleId}）`;

const GROUNDS: { [ground: string]: string } = {
  kin: '近亲属',
  taught: '任教',
  employer: '同单位',
  'master-apprentice': '师徒',
};

/** Clauses about standing back: ties, and training kept apart from assessment. */
const RECUSAL = /^(?:recusal\.|examiners\.taught-class$|examiners\.separation$|separation\.)/;

/** 回避记录 of a session: who stood back or was taken off, and where a rule said that somebody should. */
export async function recusalRecordOf(
  deps: FormsDeps,
  book: PlanBook,
  sessionId: string,
  read: ReadHandwriting,
): Promise<RecusalRecordFacts> {
  const roomName = (roomId: string) => book.room(roomId)?.name ?? roomId;
  const name = (id: string) => book.examiner(id)?.name ?? id;
  const changes = deps.panels.changes(sessionId);
  const acts = deps.panels.recusals(sessionId).map((r): RecusalRecordFacts['entries'][number] => ({
    atMs: r.atMs,
    roomName: roomName(r.roomId),
    examiner: name(r.examinerId),
    kind: r.by === 'self' ? '自行回避' : '负责人要求回避',
    clause: '',
    // What a tie is in particular stays out; other reasons have no name but their words.
    reason: r.ground === 'other' ? r.note : (GROUNDS[r.ground] ?? r.ground),
    outcome: outcomeOf(changes, r, name),
    seq: r.seq,
  }));
  const found = deps.panels.evaluations(sessionId).flatMap((e) =>
    e.findings.flatMap((f, i): RecusalRecordFacts['entries'] => {
      if (f.examinerId === null || f.outcome === 'not-known' || !RECUSAL.test(f.ruleId)) return [];
      const { text, source, article } = clauseOf(deps.pack(), f.ruleId);
      const decided = e.decisions.find((d) => d.finding === i);
      return [
        {
          atMs: e.atMs,
          roomName: roomName(e.roomId),
          examiner: name(f.examinerId),
          kind: '规则判定',
          clause: `${text.zh}（${[source, article].filter(Boolean).join(' ')}）`,
          // What a tie is stays out; whom it concerns is said by number.
          reason: Object.values(f.facts).filter(Boolean).join('；'),
          outcome: decided ? `${deps.staffName(decided.byStaffId)}：${decided.reason}` : severityWords(f),
          seq: e.seq,
        },
      ];
    }),
  );
  return {
    entries: [...acts, ...found].sort((a, b) => a.seq - b.seq),
    rulePack: packWords(deps),
    places: await recordPlaces(deps, sessionId, read),
  };
}

const severityWords = (f: Violation): string => (f.severity === 'block' ? '应回避' : '提醒');

/** Who came into the room's panel after somebody stood back, where anybody did. */
function outcomeOf(changes: readonly PanelChange[], r: Recusal, name: (id: string) => string): string {
  const later = changes.filter((c) => c.roomId === r.roomId && c.seq >= r.seq);
  const [first] = later;
  const come = later.at(-1)?.panel.filter((p) => !first!.panel.some((x) => x.examinerId === p.examinerId)) ?? [];
  return come.length > 0 ? `退出，由${come.map((p) => name(p.examinerId)).join('、')}接替` : '退出小组';
}
