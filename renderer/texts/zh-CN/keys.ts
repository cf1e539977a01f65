import { dateText } from '../../ui/time-text.ts';

/** Words of the station's keys and their changes. */
export const keys = {
  title: '密钥',
  states: {
    fine: (dueMs: number) => `正常，${dateText(dueMs)} 前轮换`,
    soon: (dueMs: number) => `快到期了，请在 ${dateText(dueMs)} 前轮换`,
    over: (dueMs: number) => `已过期（${dateText(dueMs)}），请尽快轮换`,
  },
  locked: '密钥锁着：先在上面输入口令',
  since: '现用密钥启用于',
  journalSize: '日志条数',
  journalSizeHelp: '密钥丢失时，把这个数报给鉴定中心',
  centre: '鉴定中心接收公钥',
  next: '下一把',
  noNext: '未登记',
  noPlan: '导入计划后显示',
  changes: '更换记录',
  change: {
    rotated: (atMs: number, size: number, by: string, second: string) =>
      `${dateText(atMs)} 轮换，旧密钥有效到第 ${size} 条，${by}、${second}`,
    lost: (atMs: number, size: number, by: string, second: string) =>
      `${dateText(atMs)} 口令遗失后另立，第 ${size} 条，${by}、${second}`,
  },
  replaced: (atMs: number) => `${dateText(atMs)} 收下鉴定中心的接替书`,
  rotate: '轮换密钥',
  rotateHelp: '旧密钥为新密钥签字。完成后把“轮换文件”交给鉴定中心登记，登记前不要送封存包。',
  renew: '口令忘了，另立密钥',
  renewHelp:
    '旧密钥从此打不开，也不能为新密钥签字。已封存的包不受影响。完成后把考点名片和日志条数报给鉴定中心，由中心吊销旧密钥、签发接替书。',
  saveRotations: '存轮换文件',
  takeOver: '收接替书',
  takeOverHelp: '选鉴定中心给的 replacement.json 和 .sig 两个文件',
  needBoth: '要同时选两个文件：接替书和它的 .sig。',
  own: '负责人 PIN',
  second: '第二人',
  chooseSecond: '督导员或另一位负责人',
  secondPin: (name: string) => `${name} 的 PIN`,
  passphrase: '密钥口令',
  newPassphrase: '新口令（至少 8 个字）',
  cancel: '取消',
  working: '正在更换…',
  stamp: {
    title: '第三方时间戳',
    help: '可不填。填了地址，封存包会请时间戳机构（RFC 3161）盖时间；封存和送包都不等它。',
    off: '没有设置',
    counts: (stamped: number, waiting: number) => `已盖 ${stamped} 个${waiting > 0 ? `，等着盖 ${waiting} 个` : ''}`,
    away: (waiting: number) => `机构没有答复，每分钟再试；等着盖 ${waiting} 个`,
    address: '时间戳机构地址',
    save: '保存',
  },
};
