import type { CellFaultCode } from './columns.ts';
import type { PhotoFaultCode } from './photo.ts';
import type { PlanViolationCode } from './plan-violation.ts';
import type { WorkbookFault } from './read-workbook.ts';
import type { ZipFault } from './read-zip.ts';

export type SheetFaultCode =
  | 'missing-sheet'
  | 'missing-column'
  | 'duplicate-column'
  | 'unknown-column'
  | 'empty-sheet'
  | 'header-not-first'
  | 'hidden-sheet'
  | 'hidden-row'
  | 'too-few-rows'
  | 'too-many-sheet-rows';
export type FileFaultCode =
  | `workbook-${WorkbookFault['code']}`
  | `photos-${ZipFault['code']}`
  | 'photo-unused'
  | 'photos-same-name'
  | 'plan-shape';
export type PackageFaultCode =
  | `package-archive-${ZipFault['code']}`
  | `package-${'unsigned' | 'bad-signature' | 'unknown-signer' | 'malformed' | 'photo-missing' | 'photo-altered' | 'violations'}`;
export type PlanProblemCode =
  | CellFaultCode
  | SheetFaultCode
  | FileFaultCode
  | PackageFaultCode
  | PlanViolationCode
  | PhotoFaultCode;

type Facts = Record<string, string>;
type Text = readonly [zh: string, en: string];

/**
 * The sentence for each code. `{header}` is the column's header; other names in braces are facts. No sentence shows a
 * candidate's name or document number: the cell says where to look.
 */
const TEXTS: Record<PlanProblemCode, Text> = {
  missing: ['「{header}」没有填写', '"{header}" is empty'],
  'formula-error': [
    '「{header}」的公式结果是错误值，请改为直接填写',
    '"{header}" holds a formula error; type the value instead',
  ],
  'formula-unknown': [
    '「{header}」是公式但没有保存结果，请在表格软件中打开并另存，或直接填写',
    '"{header}" is a formula without a stored result; open and save it in a spreadsheet program, or type the value',
  ],
  'digits-lost': [
    '「{header}」按数字保存，超过 15 位的数字已丢失，请设为文本格式后重新填写',
    '"{header}" was stored as a number and has lost digits beyond 15; format as text and type it again',
  ],
  'unexpected-date': [
    '「{header}」被表格软件改成了日期，请设为文本格式后重新填写',
    '"{header}" was turned into a date by the spreadsheet program; format as text and type it again',
  ],
  'bad-id': [
    '「{header}」只能用字母、数字、- 和 _，以字母或数字开头，不超过 40 个字符',
    '"{header}" takes letters, digits, - and _, begins with a letter or digit, at most 40 characters',
  ],
  'bad-text': ['「{header}」太长，或含有不可见字符', '"{header}" is too long or holds invisible characters'],
  'bad-choice': ['「{header}」应为以下之一：{choices}', '"{header}" must be one of: {choices}'],
  'bad-time': [
    '「{header}」不是有效的日期和时间，请按 2026-03-01 09:00 填写',
    '"{header}" is no valid date and time; write it as 2026-03-01 09:00',
  ],
  'bad-marks': ['「{header}」应为分数，最多一位小数', '"{header}" must be a mark with at most one decimal'],
  'bad-number': ['「{header}」应为整数', '"{header}" must be a whole number'],
  'bad-date': [
    '「{header}」不是有效的日期，请按 2026-03-01 填写',
    '"{header}" is no valid day; write it as 2026-03-01',
  ],
  'bad-ticket': ['「{header}」应为 4 至 40 个字母、数字或 -', '"{header}" must be 4 to 40 letters, digits or -'],
  'bad-document-number': ['「{header}」应为 5 至 24 个字母或数字', '"{header}" must be 5 to 24 letters or digits'],
  'bad-photo-name': [
    '「{header}」应为 .jpg 或 .png 文件名，不带文件夹',
    '"{header}" must be the name of a .jpg or .png file, without a folder',
  ],
  'bad-filing-number': ['「{header}」太长，或含有不可见字符', '"{header}" is too long or holds invisible characters'],
  'bad-recipient': [
    '「{header}」不是 age 公钥（age1 开头，共 62 个字符）',
    '"{header}" is no age key (age1…, 62 characters)',
  ],
  'bad-key': [
    '「{header}」不是 ssh-ed25519 公钥；多个公钥每行一个',
    '"{header}" is no ssh-ed25519 key; one key a line',
  ],
  'bad-rule-pack': ['「{header}」应为小写字母、数字和 -', '"{header}" takes lower-case letters, digits and -'],

  'missing-sheet': ['缺少工作表「{sheet}」', 'The sheet "{sheet}" is missing'],
  'missing-column': ['缺少列「{header}」', 'The column "{header}" is missing'],
  'duplicate-column': ['列「{header}」出现了两次', 'The column "{header}" stands twice'],
  'unknown-column': [
    '列「{header}」不在模板中，已忽略',
    'The column "{header}" is not in the template and was ignored',
  ],
  'header-not-first': [
    '工作表「{sheet}」的表头应在第 1 行，请删去上面的标题行',
    'The header of the sheet "{sheet}" belongs in row 1; delete the title above it',
  ],
  'hidden-sheet': [
    '工作表「{sheet}」是隐藏的，没有人核对过；请取消隐藏，看过再导入',
    'The sheet "{sheet}" is hidden, so nobody has looked at it; unhide it, look, and import again',
  ],
  'hidden-row': [
    '这一行被隐藏或筛掉了，没有人核对过；请取消隐藏或筛选，或删去这一行',
    'This row is hidden or filtered out, so nobody has looked at it; show it, or delete it',
  ],
  'empty-sheet': ['工作表「{sheet}」没有表头', 'The sheet "{sheet}" has no header row'],
  'too-few-rows': ['工作表「{sheet}」没有数据行', 'The sheet "{sheet}" has no rows of data'],
  'too-many-sheet-rows': ['工作表「{sheet}」最多 {max} 行', 'The sheet "{sheet}" takes at most {max} rows'],

  'workbook-too-large': ['工作簿太大（最多 20 MB，解压后 48 MB）', 'The workbook is too large (20 MB, unpacked 48 MB)'],
  'workbook-not-a-workbook': ['文件不是完好的 .xlsx 工作簿', 'The file is no sound .xlsx workbook'],
  'workbook-old-format': [
    '文件是旧版 .xls 或带密码，请去掉密码并另存为 .xlsx',
    'The file is an old .xls or has a password; remove it and save as .xlsx',
  ],
  'workbook-too-many-rows': [
    '有工作表超过 20,000 行或 64 列，请删除空白行列的格式',
    'A sheet has more than 20,000 rows or 64 columns; delete formatted empty rows and columns',
  ],
  'workbook-merged-too-wide': ['合并单元格过多，请取消合并', 'Too many merged cells; unmerge them'],
  'photos-not-a-zip': ['照片压缩包不是完好的 .zip 文件', 'The photo archive is no sound .zip file'],
  'photos-damaged': ['照片压缩包已损坏：{name}', 'The photo archive is damaged: {name}'],
  'photos-encrypted': ['照片压缩包带密码：{name}', 'The photo archive has a password: {name}'],
  'photos-too-many-entries': ['照片压缩包内文件过多', 'The photo archive holds too many files'],
  'photos-too-large': [
    '照片太大：{name}（每张最多 5 MB，共 500 MB）',
    'Too large: {name} (5 MB a picture, 500 MB in all)',
  ],
  'photos-unsafe-name': ['照片压缩包内有不安全的路径', 'The photo archive holds an unsafe path'],
  'photos-link': ['照片压缩包内有链接文件：{name}', 'The photo archive holds a link: {name}'],
  'photos-duplicate-name': ['照片压缩包内文件重复：{name}', 'The photo archive holds a file twice: {name}'],
  'photos-same-name': ['有两个照片文件同名：{name}', 'Two photo files have the same name: {name}'],
  'photo-unused': ['照片文件没有对应的人：{name}', 'Nobody for the photo file {name}'],
  'photo-missing': ['没有找到「{header}」中的照片文件', 'The photo file named in "{header}" was not found'],
  'photo-not-an-image': ['照片文件不是完好的 JPEG 或 PNG 图片', 'The photo file is no sound JPEG or PNG picture'],
  'photo-too-large': ['照片文件超过 5 MB 或 6000 像素', 'The photo file exceeds 5 MB or 6000 pixels'],
  'photo-too-small': ['照片小于 100×120 像素', 'The photo is smaller than 100×120 pixels'],
  'package-unsigned': ['计划包没有签名', 'The plan package is not signed'],
  'package-bad-signature': [
    '计划包的签名不对，内容可能被改动',
    'The signature of the plan package is wrong; it may have been altered',
  ],
  'package-unknown-signer': [
    '计划包由本站不认识的公钥签名',
    'The plan package is signed by a key this station does not know',
  ],
  'package-malformed': ['计划包的格式不对：{place}', 'The plan package does not have the right form: {place}'],
  'package-photo-missing': ['计划包缺少照片 {name}', 'The plan package lacks the photo {name}'],
  'package-photo-altered': [
    '计划包中的照片 {name} 与计划不符',
    'The photo {name} in the package is not the one of the plan',
  ],
  'package-violations': ['计划包内容前后不符', 'The contents of the plan package do not fit together'],
  'package-archive-not-a-zip': ['文件不是完好的 .zip 计划包', 'The file is no sound .zip plan package'],
  'package-archive-damaged': ['计划包已损坏：{name}', 'The plan package is damaged: {name}'],
  'package-archive-encrypted': ['计划包带密码：{name}', 'The plan package has a password: {name}'],
  'package-archive-too-many-entries': ['计划包内文件过多', 'The plan package holds too many files'],
  'package-archive-too-large': ['计划包内文件太大：{name}', 'Too large in the plan package: {name}'],
  'package-archive-unsafe-name': ['计划包内有不安全的路径', 'The plan package holds an unsafe path'],
  'package-archive-link': ['计划包内有链接文件：{name}', 'The plan package holds a link: {name}'],
  'package-archive-duplicate-name': ['计划包内文件重复：{name}', 'The plan package holds a file twice: {name}'],
  'plan-shape': ['计划内容不符合格式：{place}', 'The plan does not have the right form: {place}'],

  'key-revoked': [
    '同一公钥既是验签公钥又已作废，请向鉴定中心核实',
    'A key stands both as a verification key and as revoked; ask the centre which is meant',
  ],
  duplicate: ['「{header}」与第 {otherRow} 行重复', '"{header}" repeats row {otherRow}'],
  'duplicate-in-session': [
    '同一场次内「{header}」与第 {otherRow} 行重复',
    '"{header}" repeats row {otherRow} in the same session',
  ],
  'workstation-taken': [
    '同一场次内该工位已安排给第 {otherRow} 行',
    'Row {otherRow} has this workstation in the same session',
  ],
  'too-few-workstations': [
    '考场 {room} 在本场次有 {drawing} 人入场时抽工位，只有 {free} 个空工位',
    'In this session {drawing} of room {room} draw a workstation at admission, and only {free} are free',
  ],
  'unknown-reference': ['「{header}」中的 {value} 没有定义', '{value} in "{header}" is not defined'],
  'workstation-in-other-room': ['该工位属于考场 {room}', 'This workstation belongs to room {room}'],
  'session-times': ['结束时间应晚于开始时间', 'The end must be later than the start'],
  'session-too-long': ['一场考试不应超过 24 小时，请检查日期', 'A session of more than 24 hours; check the dates'],
  'session-without-rubric': ['技能和综合评审场次须填写评分表编号', 'A skills or review session needs a rubric'],
  'session-without-candidates': ['该场次没有考生', 'This session has no candidates'],
  'room-without-camera': [
    '该考场没有摄像机，未录像的考生成绩不予认定',
    'No camera in this room; scores without video are not confirmed',
  ],
  'camera-sees-other-room': ['工位 {value} 属于考场 {room}', 'Workstation {value} belongs to room {room}'],
  'workstation-not-seen': [
    '没有摄像机看得见该工位，未录像的考生成绩不予认定',
    'No camera sees this workstation; scores without video are not confirmed',
  ],
  'room-without-panel': ['该考场在本场次没有考评小组', 'This room has no panel in this session'],
  'panel-without-lead': ['该考评小组没有组长', 'This panel has no lead'],
  'panel-with-two-leads': [
    '该考评小组有两名组长（另见第 {otherRow} 行）',
    'This panel has two leads (see row {otherRow})',
  ],
  'examiner-twice-in-panel': [
    '该考评员已在第 {otherRow} 行编入本组',
    'This examiner is in the panel already, row {otherRow}',
  ],
  'examiner-in-two-rooms': [
    '该考评员同一时间已编入第 {otherRow} 行',
    'This examiner sits elsewhere at the same time, row {otherRow}',
  ],
  'candidate-in-two-places': [
    '同一证件号码在重叠的场次中出现（另见第 {otherRow} 行）',
    'The same document stands in overlapping sessions (row {otherRow})',
  ],
  'rubric-without-items': ['该评分表没有评分项', 'This rubric has no items'],
  'rubric-sum': ['评分项满分之和为 {sum}，应为 100.0', 'The items sum to {sum} instead of 100.0'],
  'rubric-pass-above-sum': ['合格分超过 100.0', 'The pass mark is above 100.0'],
  'deduction-above-item': ['扣分超过该评分项的满分 {max}', 'The deduction exceeds the item’s maximum {max}'],
  'item-step': ['满分 {max} 不是给分单位 {step} 的整数倍', 'The maximum {max} is no multiple of the step {step}'],
  'deduction-step': ['扣分不是给分单位 {step} 的整数倍', 'The deduction is no multiple of the step {step}'],
  'item-minutes': [
    '各评分项限时合计 {sum} 分钟，超过整份的 {minutes} 分钟',
    'The items take {sum} minutes together, the whole rubric only {minutes}',
  ],
  'section-torn': [
    '模块「{section}」的评分项没有排在一起（另见第 {otherRow} 行）',
    'The items of section "{section}" do not stand together (see row {otherRow})',
  ],
  'rubric-for-another': [
    '评分表 {rubric} 的职业、等级或科目与本场次不同',
    'The rubric {rubric} is for another occupation, level or part than this session',
  ],
  'part-pass-below': ['成绩 {score} 不到合格分 60.0', 'The score {score} is below the pass mark 60.0'],
  'part-pass-late': ['合格日期不早于考试日期', 'The day of passing is not before the day of the session'],
  'part-pass-twice': [
    '同一人同一科目与第 {otherRow} 行重复',
    'Row {otherRow} has the same part of the same person already',
  ],
  'photo-shared': ['照片与第 {otherRow} 行另一名考生相同', 'Another candidate, row {otherRow}, has the same photo'],
  'blocked-photo-of-candidate': [
    '黑名单照片就是考生 {candidateId} 的报名照，请核对',
    'The photo of the block list is that of candidate {candidateId}; please check',
  ],
  'document-shape': ['证件号码的位数或形式不对', 'The document number has the wrong length or form'],
  'document-check-digit': [
    '证件号码的校验位不对，可能有输错的数字',
    'The check digit is wrong; a digit may be mistyped',
  ],
  'document-birth-date': ['证件号码中的出生日期不存在', 'The birth date within the number does not exist'],
  'document-other-type': ['证件号码与证件类型不符', 'The number belongs to another type of document'],
  'document-unusual': [
    '证件号码不常见（地区代码等），请核对',
    'An unusual document number (region or the like); please check',
  ],
  'sex-disagrees': ['性别与证件号码不一致，请核对', 'The sex disagrees with the document number; please check'],
};

/** Every code there is, for a test that walks them. */
export const PLAN_PROBLEM_CODES = Object.keys(TEXTS) as PlanProblemCode[];

/** The sentence for a code in both languages; a fact that is not given leaves an empty place. */
export function problemText(code: PlanProblemCode, facts: Facts = {}): { zh: string; en: string } {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '');
  const [zh, en] = TEXTS[code];
  return { zh: fill(zh), en: fill(en) };
}
