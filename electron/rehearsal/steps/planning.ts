import ExcelJS from 'exceljs';
import { writeWorkbook } from '../../features/plan/write-workbook.ts';
import { LEAD } from '../cast.ts';
import { type Day, deskOf } from '../day.ts';
import { expectSame, expectTrue, NotAsExpected } from '../expectation.ts';
import type { Step } from '../step.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function workbookFile(day: Day, spoil?: (book: ExcelJS.Workbook) => void): Promise<File> {
  const bytes = await writeWorkbook(day.plan);
  if (!spoil) return new File([new Uint8Array(bytes)], '场次计划（样本）.xlsx', { type: XLSX });
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes.slice().buffer as ArrayBuffer);
  spoil(book);
  return new File([new Uint8Array(await book.xlsx.writeBuffer())], '写坏的计划（样本）.xlsx', { type: XLSX });
}

function photoFiles(day: Day, without: string | null = null): File[] {
  return day.plan.candidates
    .filter((c) => c.candidateId !== without)
    .map(({ photo }) => new File([new Uint8Array(day.pictures.photos.get(photo.sha256)!)], photo.file));
}

/** A check digit, a room and a photograph are wrong: each must be named by its cell, and nothing be saved. */
export const refuseBrokenPlan: Step = {
  id: 'plan-broken',
  title: { zh: '导入写坏的计划：逐格指出，一行不存', en: 'A broken plan is refused cell by cell, nothing saved' },
  async play(day) {
    const { station } = await deskOf(day, LEAD);
    const broken = await workbookFile(day, (book) => {
      const sheet = book.getWorksheet('考生')!;
      const column = (title: string) => {
        const header = sheet.getRow(1).values as (string | undefined)[];
        const at = header.findIndex((cell) => cell?.startsWith(title));
        if (at < 1) throw new NotAsExpected(`the template has no column ${title}`);
        return at;
      };
      const number = sheet.getRow(4).getCell(column('证件号码'));
      const text = String(number.value);
      number.value = text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');
      sheet.getRow(6).getCell(column('考场')).value = '999';
    });
    const check = await station.plan.check({ workbook: broken, photos: photoFiles(day, 'C07') });
    if (check.kind !== 'problems') throw new NotAsExpected('a broken plan was found good');
    const cells = check.problems.map((p) => `${p.sheet}!${p.column}${p.row}`);
    const rows = check.problems.map((p) => p.row);
    for (const row of [4, 6, 8]) expectTrue(rows.includes(row), `row ${row} is named: ${cells.join(' ')}`);
    expectSame(await station.plan.current(), null, 'the plan in force after a refused one');
    return {
      zh: `指出 ${check.problems.length} 处：${cells.slice(0, 4).join('、')}；没有保存任何内容`,
      en: `${check.problems.length} cells named: ${cells.slice(0, 4).join(', ')}; nothing was saved`,
    };
  },
};

/** The sample plan as workbook and photographs. */
export const adoptPlan: Step = {
  id: 'plan',
  title: { zh: '导入场次计划（Excel 和照片）', en: 'The plan is imported (Excel and photographs)' },
  vital: true,
  async play(day) {
    const { station } = await deskOf(day, LEAD);
    const current = await station.plan.current();
    const adopted = current ?? (await adopt(day));
    const { summary } = adopted;
    day.ledger.note('plan.adopted', { planId: summary.planId, digest: summary.digest });
    expectSame(
      [summary.candidates, summary.rooms, summary.examiners, summary.photos],
      [12, 2, 7, 12],
      'candidates, rooms, examiners and photographs of the plan',
    );
    const photo = await station.plan.photo({ candidateId: day.plan.candidates[0]!.candidateId });
    const wanted = day.pictures.photos.get(day.plan.candidates[0]!.photo.sha256)!;
    expectTrue(Buffer.from(await photo.arrayBuffer()).equals(wanted), 'the photograph comes back as it went in');
    return {
      zh: `12 名考生、2 个考场、7 名考评员、12 张照片；摘要 ${summary.digest.slice(0, 12)}`,
      en: `12 candidates, 2 rooms, 7 examiners, 12 photographs; digest ${summary.digest.slice(0, 12)}`,
    };
  },
};

async function adopt(day: Day) {
  const { station } = await deskOf(day, LEAD);
  const check = await station.plan.check({ workbook: await workbookFile(day), photos: photoFiles(day) });
  if (check.kind !== 'ready') {
    const first = check.problems.slice(0, 3).map((p) => `${p.sheet} ${p.column}${p.row} ${p.text.en}`);
    throw new NotAsExpected(`the sample plan was refused: ${first.join('; ')}`);
  }
  return station.plan.adopt({ checkId: check.checkId });
}
