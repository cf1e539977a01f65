import { codeColumn, listColumn, optional, textColumn } from '../columns.ts';
import { AgeRecipient, CentreCard, SshEd25519Line } from '../plan-schema.ts';
import { sheet } from './sheet.ts';

export const centreSheet = sheet({
  table: 'centre',
  name: '鉴定中心',
  about: {
    zh: '鉴定中心名片，只填一行；公钥由鉴定中心书面提供，逐字核对',
    en: "The appraisal centre's card, one row; compare the keys with the centre's paper, letter by letter",
  },
  rows: { min: 1, max: 1 },
  columns: {
    name: textColumn(
      { title: '鉴定中心名称', note: '全称', example: '示范鉴定中心', width: 30 },
      CentreCard.shape.name,
    ),
    recipient: codeColumn(
      { title: '接收公钥', note: 'age1 开头的 62 个字符，封存包用它加密', example: 'age1…', width: 66 },
      AgeRecipient,
      'bad-recipient',
    ),
    verificationKeys: listColumn(
      {
        title: '验签公钥',
        note: 'ssh-ed25519 开头；多个公钥每行一个（单元格内换行）',
        example: 'ssh-ed25519 AAAA…',
        width: 80,
      },
      SshEd25519Line,
      { parting: /\n/, joint: '\n', fault: 'bad-key' },
    ),
    revokedKeys: optional(
      listColumn(
        {
          title: '已作废公钥',
          note: '可不填；用它签发的准考证不再有效。多个公钥每行一个（单元格内换行）',
          example: '',
          width: 80,
        },
        SshEd25519Line,
        { parting: /\n/, joint: '\n', fault: 'bad-key' },
      ),
    ),
    supervisionRecipient: optional(
      codeColumn(
        { title: '督导接收公钥', note: '可不填；督导记录单独加密用', example: '', width: 66 },
        AgeRecipient,
        'bad-recipient',
      ),
    ),
    nextRecipient: optional(
      codeColumn(
        { title: '下一把接收公钥', note: '可不填；换钥之前先登记，两把都能打开', example: '', width: 66 },
        AgeRecipient,
        'bad-recipient',
      ),
    ),
  },
});
