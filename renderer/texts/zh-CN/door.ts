import { doorCamera } from './door-camera.ts';
import { doorImpersonation } from './door-impersonation.ts';
import { doorManual } from './door-manual.ts';

/** Words of the door. Codes that the station may add later are looked up in `doubts` and `edgeReasons` with a fallback. */
export const door = {
  ...doorCamera,
  ...doorImpersonation,
  ...doorManual,
  title: '入场核验',
  where: (room: string, lane: number) => (lane > 1 ? `${room}门口 · 通道 ${lane}` : `${room}门口`),
  parts: { theory: '理论', skills: '技能', review: '综合评审' } as Record<string, string>,

  // Foot
  expected: '应到',
  admitted: '已到',
  byHand: (count: number) => `人工 ${count}`,
  away: '离场',
  setAside: '候核',
  notYet: '未到',
  absent: '缺考',
  absentAfter: (time: string) => `${time} 后计缺考`,

  // Reader strip
  reader: {
    none: '没有接读卡器',
    noneHelp: '扫准考证，或按 F2 输号码',
    elsewhere: (room: string, lane: number) => (lane > 1 ? `读卡器在${room}通道 ${lane}` : `读卡器在${room}`),
    elsewhereHelp: '要在这里用，重新打开这个页面',
    lost: '读卡器断开',
    lostSince: (time: string) => `${time} 起 · 每 2 秒重连`,
    waiting: '读卡器就绪',
    waitingHelp: (camera: string) => `${camera} · 不用联网`,
    next: '可以放下一张',
    reading: '正在读证，别拿开',
    'take-away': '请取走证件',
    takeAwayHelp: '取走后才认下一张',
    replace: '没读完，请拿开再放',
    replaceHelp: '放平，别动，约 1 秒',
    rejected: '这张卡读不了',
    rejectedHelp: (status: string) => `读卡器回 ${status} · 可按 F2 输号码`,
  },

  // Waiting
  placeCard: '请放身份证',
  orTicket: '或扫准考证条码',
  noCard: '没带证，或者读不出：',
  typeNumber: '输证号',
  manual: '人工核验',
  cardByCamera: '拍身份证',
  waitingAside: (count: number) => `候核 ${count} 位`,
  last: '上一位',
  outcome: {
    admitted: '已入场',
    'admitted-by-hand': '已入场（人工）',
    'set-aside': '候核',
    'sent-elsewhere': '已指路',
    refused: '未入场',
    abandoned: '已取消',
    readmitted: '已返回考场',
    'readmitted-by-hand': '人工核验后返回',
    held: '已交负责人',
  },
  doorShut: '负责人还没开场，先核对不放行',
  over: '本场考试已经结束',
  overHelp: '不再核验入场。还有考生来，请找负责人。',
  noSession: '这个考场现在没有场次',
  noSessionHelp: '看门牌和计划是不是同一个考场；或者请负责人读入计划、开场。',
  backHome: '回首页选考场',

  // Reader lost
  goOnByHand: '入场不停，走人工核验',
  readerSteps: ['拔下读卡器的 USB 线，再插上', '还是不亮，换备用读卡器', '不用重启，接上就能用；准考证可直接扫'],

  // Look up
  lookupTitle: '输证件号或准考证号',
  lookupHelp: '看着证件输完整号码，末位 X 也要输；或只输末 4 到 8 位，从名单里选。手输的都要两个人核验。',
  lookupGo: '查名单',
  tailMany: (total: number) => `有 ${total} 位，只列前 10 位。多输两位再查。`,
  tailFound: (total: number) => `末位对得上的 ${total} 位`,
  tailHelp: '核对姓名和证件，再选。选中的要两个人核验。',
  chooseThis: '就是这位',
  otherNumber: '重新输',
  otherDocument: '其他证件',
  statuses: {
    'not-yet': '未到',
    admitted: '已到',
    'admitted-by-hand': '已到（人工）',
    'set-aside': '候核',
    held: '已交负责人',
    absent: '缺考',
  },
  cancel: '取消',
  back: '返回',

  // Person
  id: (number: string) => `证号 ${number}`,
  ticketNumber: (number: string) => `准考证 ${number}`,
  seat: (seat: string) => (/^\d+$/.test(seat) ? `${seat} 号座位` : seat),
  thisRoom: '本考场',

  // Capturing
  capturing: '正在采人脸',
  manualIn: (seconds: number) => `${seconds} 秒后自动转人工`,
  noRetakes: '不会反复重拍',
  turningHead: '正在看转头',
  turnHelp: '照片和录像不会跟着转',
  toManual: '转人工核验',
  moveAside: '移到候核',
  alsoTicket: '同时请出示准考证二维码',

  // Need card / ticket
  needCard: '请放身份证',
  needCardHelp: '准考证已认，等证件',
  needTicket: '请扫准考证',
  needTicketHelp: '人脸已采，等准考证',
  needTicketUnder: '二维码对着摄像头，或用扫码枪',

  // May enter
  allPass: '三项都通过',
  passNoCardPhoto: '核对通过',
  admit: '准予入场',
  returning: '返回考场',
  readmit: '准予返回',
  letBack: '已返回考场',
  savedBack: (time: string) => `${time} 已存盘`,
  correct: '改正（负责人）',
  admitting: '正在存盘…',

  // Admitted
  letIn: '已准予入场',
  saved: (time: string, number: number) => `${time} 已存盘 · 第 ${number} 位`,
  nextCardChanges: '放下一张证，这里自动换人。',
  next: '下一位',

  // Elsewhere
  notThisRoom: '不在本考场',
  notThisSession: '不是这一场',
  pleaseGoTo: '请到',
  pleaseComeAt: '请在',
  comeAt: (time: string) => `${time} 再来`,
  told: '已告知，下一位',

  // Already in
  alreadyIn: (time: string) => `${time} 已经入场`,
  entryRecord: '入场记录',
  admittedBy: (time: string, name: string) => `${time}　${name}放行`,
  scanRecorded: '这次刷证已记录',
  handedIn: '已经交卷离场',
  leftAt: (time: string) => `${time} 离场`,
  handedInHelp: '交卷后不能再进。请看工作人员。',
  leftUnsigned: '离场后返回',
  leftUnsignedHelp: '离场没有登记。先请监考在考场台登记离场，再放证返回。',

  // Waiting beside the queue
  waitingTitle: (count: number) => (count === 0 ? '没有人在候核' : `候核 ${count} 位`),
  waitingHelp: '选好按 Enter 接着办；也可以直接放他的证。',
  waitingSince: (time: string) => `${time} 起`,
  heldByLead: '已交负责人',
  takeUp: '接着办',

  // Which engine compares
  engine: '比对引擎',
  spareEngine: '备用引擎',

  // Early, late
  tooEarly: '还没到入场时间',
  notOpenYet: '还没开门',
  opensAt: (time: string) => `${time} 开门`,
  askLeadToOpen: '等负责人开场',
  late: '迟到，不能入场',
  lateBy: (minutes: number) => `晚了 ${minutes} 分钟`,
  lateTimes: (start: string, limit: string, now: string) => `开考 ${start}　截止 ${limit}　现在 ${now}`,
  recordLate: '登记迟到，下一位',
  startAt: (start: string, now: string) => `开考 ${start}　现在 ${now}`,

  // Unknown
  unknownPerson: '名单里没有这个人',
  unknownSteps: ['看准考证上的考核点和日期', '按 F2 输准考证号再查一次', '还是没有，请负责人'],

  // Unknown outcome
  unknownOutcome: '不知道存没存上',
  unknownOutcomeHelp: '刚才的回答没收到。先别再按，正在读回这位考生的记录。',
  notSaved: '刚才那一步没存上，记录已读回。可以再按一次。',
  readAgain: '再读一次',

  keys: [
    { key: 'F2', does: '输证件号或准考证号' },
    { key: 'F6', does: '另一种办法：拍身份证；不用人脸' },
    { key: 'F7', does: '写说明；撤销入场；负责人来定' },
    { key: 'F8', does: '人工核验；再按一次输其他证件' },
    { key: 'F9', does: '移到候核；没人时看候核名单' },
    { key: 'F10', does: '呼叫负责人' },
    { key: '1-4', does: '人工核验的四项' },
    { key: '5-9, 0', does: '人工核验的原因' },
  ],
};
