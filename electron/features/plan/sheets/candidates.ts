import { choiceColumn, codeColumn, idColumn, optional, orNone, textColumn } from '../columns.ts';
import { PhotoFileName, PlannedCandidate } from '../plan-schema.ts';
import { sheet } from './sheet.ts';

const { candidateId, sessionId, roomId, workstationId, ticketNumber, name, documentNumber } = PlannedCandidate.shape;
const { employer, classId, trainedBy } = PlannedCandidate.shape;

export const candidateSheet = sheet({
  table: 'candidates',
  name: '考生',
  about: {
    zh: '每名考生每个场次一行；证件号码、准考证号请设为文本格式',
    en: 'One row a candidate and session; format document and ticket numbers as text',
  },
  rows: { min: 1, max: 5000 },
  columns: {
    candidateId: idColumn({ title: '考生编号', note: '字母、数字、-、_，不重复', example: 'C001' }, candidateId),
    sessionId: idColumn({ title: '场次编号', note: '「场次」表中的编号', example: 'S1' }, sessionId),
    roomId: idColumn({ title: '考场编号', note: '「考场」表中的编号', example: '101' }, roomId),
    workstationId: optional(
      idColumn(
        { title: '工位编号', note: '「工位」表中的编号；不填的，入场时抽取', example: '101-1' },
        workstationId.unwrap(),
      ),
    ),
    ticketNumber: codeColumn(
      { title: '准考证号', note: '4 至 40 个字母、数字或 -', example: '2026030001', width: 22 },
      ticketNumber,
      'bad-ticket',
    ),
    name: textColumn({ title: '姓名', note: '与证件一致，生僻字照录', example: '张某（样本）' }, name),
    documentType: choiceColumn(
      { title: '证件类型', note: '从列表选', example: '居民身份证', width: 22 },
      {
        resident: ['居民身份证', '身份证'],
        hmt: ['港澳台居民居住证', '居住证'],
        foreigner: ['外国人永久居留身份证', '永久居留身份证'],
        other: ['其他证件', '其他', '护照', '军官证', '通行证'],
      },
    ),
    documentNumber: codeColumn(
      {
        title: '证件号码',
        aliases: ['身份证号', '身份证号码', '证件号'],
        note: '文本格式；作数字输入会丢失末位',
        example: '',
        width: 24,
      },
      documentNumber,
      'bad-document-number',
      true,
    ),
    sex: optional(
      choiceColumn({ title: '性别', note: '可不填', example: '女', width: 8 }, { male: ['男'], female: ['女'] }),
    ),
    photoFile: textColumn(
      {
        title: '照片文件',
        aliases: ['照片', '照片文件名'],
        note: '照片文件夹中的文件名，.jpg 或 .png',
        example: 'C001.jpg',
        width: 20,
      },
      PhotoFileName,
      'bad-photo-name',
    ),
    employer: optional(
      orNone(
        textColumn(
          { title: '工作单位', note: '用于回避核对；没有单位填“无”，不清楚不填', example: '示范单位', width: 24 },
          employer.unwrap().unwrap(),
        ),
      ),
    ),
    classId: optional(
      orNone(
        textColumn(
          { title: '培训班级', note: '报名时的班级名称；没有参加培训填“无”', example: '2026 春保育 1 班', width: 20 },
          classId.unwrap().unwrap(),
        ),
      ),
    ),
    trainedBy: optional(
      orNone(
        textColumn(
          { title: '培训机构', note: '办班的机构全称；没有参加培训填“无”', example: '示范培训学校', width: 24 },
          trainedBy.unwrap().unwrap(),
        ),
      ),
    ),
  },
});
