import { idColumn, textColumn } from '../columns.ts';
import { BlockedPerson, PhotoFileName } from '../plan-schema.ts';
import { sheet } from './sheet.ts';

const { blockedId, name, reason } = BlockedPerson.shape;

export const blockedSheet = sheet({
  table: 'blocked',
  name: '黑名单',
  about: {
    zh: '鉴定中心通报的替考等人员，可不填；入场时人脸相似的，交负责人核实',
    en: 'Persons the centre has named, such as impersonators; may stay empty. Whoever looks like one is held for the lead',
  },
  rows: { min: 0, max: 1000 },
  columns: {
    blockedId: idColumn({ title: '黑名单编号', note: '字母、数字、-、_，不重复', example: 'B01' }, blockedId),
    name: textColumn({ title: '姓名', note: '与通报一致', example: '王某（样本）' }, name),
    reason: textColumn(
      { title: '原因', note: '一句话，写明通报依据', example: '替考，样本通报〔2026〕1号', width: 40 },
      reason,
    ),
    photoFile: textColumn(
      {
        title: '照片文件',
        aliases: ['照片', '照片文件名'],
        note: '照片文件夹中的文件名，.jpg 或 .png',
        example: 'B01.jpg',
        width: 20,
      },
      PhotoFileName,
      'bad-photo-name',
    ),
  },
});
