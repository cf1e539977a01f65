import { idColumn, textColumn } from '../columns.ts';
import { PlannedSite } from '../plan-schema.ts';
import { sheet } from './sheet.ts';

const { siteId, name, filingNumber } = PlannedSite.shape;

export const siteSheet = sheet({
  table: 'site',
  name: '考核点',
  about: { zh: '考核点，只填一行', en: 'The assessment site, one row' },
  rows: { min: 1, max: 1 },
  columns: {
    siteId: idColumn({ title: '考核点编号', note: '字母、数字、-、_', example: 'SITE-01' }, siteId),
    name: textColumn({ title: '考核点名称', note: '备案的全称', example: '示范考核点', width: 30 }, name),
    filingNumber: textColumn(
      { title: '备案号', note: '备案文件上的编号', example: '备〔2026〕001号', width: 24 },
      filingNumber,
      'bad-filing-number',
    ),
  },
});
