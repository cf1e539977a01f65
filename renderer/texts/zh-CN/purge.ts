import { clockText, dateText } from '../../ui/time-text.ts';

/** Words of taking data off this machine. */
export const purge = {
  here: '本机数据还在。',
  title: '本机清除',
  kinds: { photographs: '照片', video: '录像' },
  from: (kind: string, date: string, days: number) => `${kind}最早 ${date} 可以清除（保存 ${days} 天）`,
  ready: (kind: string, count: string, size: string) => `${kind} ${count} 个，${size}，可以清除了`,
  nothing: (kind: string) => `${kind}：本机没有`,
  done: (kind: string, atMs: number, count: string, byName: string, secondName: string) =>
    `${kind}已清除：${dateText(atMs)} ${clockText(atMs)}，${count} 个，${byName}、${secondName}`,
  twoPersons: '清除要两人确认，会留清除证明；没有回执时一直不能按。',
  run: (kind: string) => `清除${kind}`,
  certificate: '存清除证明',
  sheet: (kind: string) => `清除本机的${kind}？`,
  sheetHelp: (count: string, size: string, receiptNumber: string) =>
    `${count} 个文件，${size}，从这台电脑删除，找不回来。中心已签收（${receiptNumber}），中心的一份不受影响。`,
  own: '负责人 PIN',
  second: '第二人',
  secondPin: (name: string) => `请${name}本人输 PIN`,
  chooseSecond: '督导员或另一位负责人',
  cancel: '不清除',
  confirm: '清除',
  running: '正在清除',
};
