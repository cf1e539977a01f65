import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { AssignmentFacts, type Dossier } from '../../../electron/features/examiners/assignment-facts.ts';
import { evaluatePanel, examinerLimits, personFindings } from '../../../electron/features/examiners/evaluate.ts';
import { candidate, dossier, lawfulPanel } from '../../../electron/features/examiners/panel-fixture.ts';
import { loadRulePack } from '../../../electron/features/rules/load-rule-pack.ts';
import { ruleValues } from '../../../electron/features/rules/rule-values.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';
import { alternating } from '../measure.ts';

const [EXAMINERS, ROOMS, EACH, ROUNDS] = [500, 60, 20, 9];

/** A file as it looks after some years of service: two employers, classes taught, ties, thirty sessions. */
function aFile(i: number): Dossier {
  return dossier(`E${i}`, {
    employers: [0, 1].map((n) => ({
      name: `单位${(i * 7 + n * 31) % 400}`,
      from: '2010-01-01',
      until: n ? '2015-01-01' : null,
    })),
    trainingPosts: i % 10 === 0 ? [{ institution: `机构${i % 12}`, from: '2020-01-01', until: null }] : [],
    taught: Array.from({ length: i % 9 }, (_, n) => ({
      classId: `K-${(i * 3 + n) % 90}`,
      from: '2020-01-01',
      until: null,
    })),
    ties: i % 20 === 0 ? [{ kind: 'kin', to: { who: 'candidate', id: `C${i % (ROOMS * EACH)}` as never } }] : [],
    served: Array.from({ length: 30 }, (_, n) => ({
      sessionId: `P${n}`,
      siteId: `SITE-${(i + n) % 4}` as never,
      roomId: 'R1',
      startsAtMs: n * 1e6,
    })),
  });
}

function roomsOf(dossiers: readonly Dossier[]): AssignmentFacts[] {
  const base = lawfulPanel();
  return Array.from({ length: ROOMS }, (_, r) => {
    const panel = [0, 1, 2].map((n) => dossiers[(r * 3 + n) % EXAMINERS]!);
    return AssignmentFacts.parse({
      ...base,
      room: {
        roomId: `R${r}`,
        candidates: Array.from({ length: EACH }, (_, n) => {
          const c = r * EACH + n;
          return candidate(`C${c}`, { employer: `单位${c % 400}`, classId: `K-${c % 90}`, trainedBy: `机构${c % 12}` });
        }),
        before: [],
      },
      panel: panel.map((d, n) => ({ examinerId: d.examinerId, duty: n === 0 ? 'lead' : 'member', otherDuties: [] })),
      dossiers: panel,
    });
  });
}

/**
 * Every rule about a person for 500 examiners in each of 60 rooms of 20 candidates, and the 60 panels as wholes. The peer finds the
 * derived ties alone (same employer, same class, training institution), by indexed joins in SQLite over the same facts.
 */
export const evaluatePanels: Benchmark = async (print) => {
  const pack = await loadRulePack(join(import.meta.dirname, '../../../resources/rule-packs'), 'childcare');
  if (!pack.ok) throw new Error(JSON.stringify(pack.error));
  const limits = examinerLimits(ruleValues(pack.value));
  const dossiers = Array.from({ length: EXAMINERS }, (_, i) => aFile(i));
  const rooms = roomsOf(dossiers);
  const db = tables(dossiers, rooms);
  let [findings, ties] = [0, 0];
  const timed = (work: () => void) => async () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const found = await alternating(ROUNDS, {
    ours: timed(() => {
      findings = 0;
      for (const facts of rooms) {
        for (const d of dossiers) findings += personFindings(facts, d, [], limits).length;
        findings += evaluatePanel(facts, limits, pack.value).length;
      }
    }),
    joins: timed(() => {
      ties = JOINS.reduce((n, sql) => n + db.prepare(sql).all().length, 0);
    }),
  });
  db.close();
  const peer = `SQLite joins, ties found from data alone (${ties} pairs)`;
  print({
    name: 'evaluate-panels',
    value: rounded(found.ours),
    unit: 'CPU-ms',
    goal: '<= 300',
    ...against(found.ours, found.joins, 'CPU-ms', peer),
    note: `${EXAMINERS} examiners x ${ROOMS} rooms of ${EACH}, every rule, ${findings} findings; median of ${ROUNDS}; the peer answers 3 of 17 rules`,
  });
};

const JOINS = ['employer', 'class', 'trainer'].map(
  (kind) =>
    `SELECT DISTINCT e.examiner, c.room FROM examiner_${kind} e JOIN candidates c ON c.${kind} = e.value ORDER BY c.room, e.examiner`,
);

function tables(dossiers: readonly Dossier[], rooms: readonly AssignmentFacts[]): SQLite.Database {
  const db = new SQLite(':memory:');
  db.exec('CREATE TABLE candidates (room TEXT, employer TEXT, class TEXT, trainer TEXT)');
  for (const kind of ['employer', 'class', 'trainer']) {
    db.exec(
      `CREATE TABLE examiner_${kind} (examiner TEXT, value TEXT); CREATE INDEX c_${kind} ON candidates (${kind})`,
    );
  }
  const values = {
    employer: (d: Dossier) => d.employers.map((e) => e.name),
    class: (d: Dossier) => d.taught.map((t) => t.classId),
    trainer: (d: Dossier) => d.trainingPosts.map((p) => p.institution),
  };
  for (const [kind, pick] of Object.entries(values)) {
    const insert = db.prepare(`INSERT INTO examiner_${kind} VALUES (?, ?)`);
    for (const d of dossiers) for (const value of pick(d)) insert.run(d.examinerId, value);
  }
  const insert = db.prepare('INSERT INTO candidates VALUES (?, ?, ?, ?)');
  for (const { room } of rooms) {
    for (const c of room.candidates) insert.run(room.roomId, c.employer, c.classId, c.trainedBy);
  }
  return db;
}
