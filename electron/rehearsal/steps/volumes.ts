import { writeCertificateFile } from '../../features/certificates/certificate-file.ts';
import { SupervisedTopic } from '../../features/supervisor-record/contract.ts';
import { deskOf, playerOf, SESSION, withRightPin } from '../day.ts';
import { expectRefusal, expectSame, expectTrue } from '../expectation.ts';
import type { Step } from '../step.ts';
import { specimenStrokes } from '../strokes.ts';

const where = { sessionId: SESSION };

/** Papers and volumes are counted twice, by two persons; the second entry is wrong once and counted again. */
const countPaper: Step = {
  id: 'count-paper',
  title: { zh: '清点纸质材料，录两遍', en: 'Paper is counted and typed twice' },
  vital: true,
  async play(day) {
    const lead = (await deskOf(day, 'lead')).station.paper;
    const keeper = (await deskOf(day, 'keeper')).station.paper;
    for (let view = await lead.view(where); !view.settled; view = await lead.view(where)) {
      const open = view.lines.filter((l) => l.pieces === null);
      const right = Object.fromEntries(open.map((l) => [l.lineId, l.expected ?? 3]));
      const { round, first } = view;
      if (first === null) {
        await lead.count({ ...where, round, counts: right });
        continue;
      }
      await expectRefusal(lead.count({ ...where, round, counts: right }), 'OTHER_PERSON_NEEDED');
      const wrong = round === 1 ? { ...right, [open[0]!.lineId]: 77 } : right;
      const counted = await keeper.count({ ...where, round, counts: wrong });
      if (round === 1) expectSame(counted.lines.filter((l) => l.differs !== null).length, 1, 'lines that differ');
      day.ledger.note('paper.counted', { round, counts: wrong });
    }
    const { lines, countedBy, round } = await lead.view(where);
    expectSame(countedBy.length, 2, 'persons who counted');
    return {
      zh: `${lines.length} 行，${round - 1} 轮后一致`,
      en: `${lines.length} lines agree after ${round - 1} rounds`,
    };
  },
};

/** A sheet is photographed into the fourth volume; bytes that are no scan are refused. */
const scanSheets: Step = {
  id: 'scan',
  title: { zh: '扫描件入卷，坏文件被拒绝', en: 'A sheet is scanned into a volume, a bad file refused' },
  vital: true,
  async play(day) {
    const { paper } = (await deskOf(day, 'lead')).station;
    const title = '考场记录（样本）';
    const wish = { ...where, volume: 3 as const, title, source: 'camera' as const };
    await expectRefusal(paper.addScan({ ...wish, file: new File(['MZ'], 'a.exe') }), 'SCAN_REFUSED');
    const picture = [...day.pictures.photos.values()][0]!;
    const there = (await paper.view(where)).scans.some((s) => s.title === title);
    const { scans } = there
      ? await paper.view(where)
      : await paper.addScan({ ...wish, file: new File([new Uint8Array(picture)], 'sheet.jpg') });
    const scan = scans.find((s) => s.title === title)!;
    const shown = new Uint8Array(await (await paper.scan({ ...where, scanId: scan.scanId })).arrayBuffer());
    expectTrue(Buffer.from(shown).equals(picture), 'the sheet is shown as it was taken');
    day.ledger.note('paper.scan-added', { scanId: scan.scanId });
    return { zh: `${scans.length} 份`, en: `${scans.length} scans` };
  },
};

/** The supervisor writes; where the plan names no key for it, the station says so and keeps nothing. */
const supervisorWrites: Step = {
  id: 'supervisor-record',
  title: { zh: '督导记录另行密封', en: "The supervisor's record is sealed apart" },
  vital: true,
  async play(day) {
    const { supervisorRecord } = (await deskOf(day, 'supervisor')).station;
    const words = {
      findings: SupervisedTopic.options.map((topic) => ({ topic, judgement: 'in-order' as const, note: '' })),
      summary: '演练，秩序良好（样本）',
    };
    const { pin } = playerOf(day, 'supervisor');
    const write = () => supervisorRecord.write({ ...where, words, pin, strokes: specimenStrokes(7) });
    const { recipient, records } = await supervisorRecord.list(where);
    if (recipient === null) {
      await expectRefusal(write(), 'NO_SUPERVISION_KEY');
      return { zh: '计划没有给督导密钥，已说明', en: 'the plan names no key for it, and the station says so' };
    }
    const kept = records.length > 0 ? records : (await withRightPin(day, write)).records;
    day.ledger.note('supervisor-record.sealed-apart', { recordId: kept[0]!.recordId });
    return { zh: `${kept.length} 份，本站打不开`, en: `${kept.length}, which the station cannot open` };
  },
};

/** Certificate data is prepared from the results; what is out of order is refused by name. */
const checkCertificates: Step = {
  id: 'certificates',
  title: { zh: '证书数据预检', en: 'Certificate data is checked' },
  async play(day) {
    const { certificates } = (await deskOf(day, 'keeper')).station;
    const stranger = { line: 0, name: '无此人（样本）', documentNumber: 'SPECIMEN1', number: '123' };
    const { occupation, level } = day.plan.sessions[0]!;
    const bytes = await writeCertificateFile([{ ...stranger, occupation, level }]);
    const view = await certificates.check({ ...where, file: new File([new Uint8Array(bytes)], '证书.xlsx') });
    expectSame(
      view.refused.map((r) => r.problems),
      [['bad-number', 'not-qualified']],
      'why a row is refused',
    );
    const json = JSON.parse(await (await certificates.export({ ...where, format: 'json' })).text());
    expectSame(json.rows, [], 'what goes out');
    return { zh: '不合规的一行被点名退回', en: 'a row out of order is refused by name' };
  },
};

export const volumeSteps: Step[] = [countPaper, scanSheets, supervisorWrites, checkCertificates];
