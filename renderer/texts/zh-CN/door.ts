import type { Guidance, ManualReason } from '../../../electron/features/checkin/contract.ts';
import type { CameraFault } from '../../features/checkin/use-camera.ts';

/** Words of the door. Codes that the station may add later are looked up in `doubts` and `edgeReasons` with a fallback. */
export const door = {
  title: '入场核验',
  where: (room: string) => `${room}门口`,
  levels: { '5': '五级', '4': '四级', '3': '三级', '2': '二级', '1': '一级' } as Record<string, string>,
  parts: { theory: '理论', skills: '技能', review: '综合评审' } as Record<string, string>,

  // Foot
  expected: '应到',
  admitted: '已到',
  setAside: '候核',
  notYet: '未到',
  absent: '缺考',
  absentAfter: (time: string) => `${time} 后计缺考`,

  // Black bar to the candidate
  say: {
    cardFirst: '先放证，再看这里',
    wait: '请稍候',
    staff: '请看工作人员',
    taken: '人脸采好了',
    starting: '请看这里',
    good: '很好，别动',
    showTicket: '请出示准考证',
    goTo: (place: string) => `请到 ${place}`,
    comeAt: (time: string) => `请 ${time} 再来`,
    goIn: (seat: string) => `请进 ${seat} 号`,
    goInPlain: (seat: string) => `请进 ${seat}`,
  },
  guidance: {
    'no-face': '请看这里',
    'several-faces': '请一个人站过来',
    closer: '请靠近一点',
    back: '请退后一点',
    centre: '请站到中间',
    'face-camera': '请正对镜头',
    'more-light': '脸上光不够',
    'less-light': '光太强，侧一点',
    'hold-still': '请别动',
  } satisfies Record<Guidance, string>,
  /** Beside the live picture, for staff. */
  guidanceShort: {
    'no-face': '没有人脸',
    'several-faces': '不止一张脸',
    closer: '画面太小',
    back: '画面太大',
    centre: '偏了',
    'face-camera': '没正对',
    'more-light': '太暗',
    'less-light': '太亮',
    'hold-still': '模糊',
  } satisfies Record<Guidance, string>,

  // Live picture
  liveFace: '现场人脸',
  cameraAfterCard: '读到证件才开摄像头',
  noFaceNow: '这一步不拍人脸',
  cameraReady: '摄像头就绪',
  cameraStarting: '正在开摄像头',
  noCamera: '没有摄像头',
  camera: {
    absent: '没找到摄像头',
    refused: '摄像头没有许可',
    busy: '摄像头被别的程序占着',
    unplugged: '摄像头断开了',
    failed: '摄像头打不开',
  } satisfies Record<CameraFault, string>,
  cameraHelp: {
    absent: '插上摄像头，会自己接着用',
    refused: '点地址栏左边的图标，允许摄像头，再按 F8 或等 3 秒',
    busy: '关掉别的摄像头程序，会自己接着用',
    unplugged: '插回摄像头的线，会自己接着用',
    failed: '拔下摄像头的线，再插上',
  } satisfies Record<CameraFault, string>,
  cameraHeadline: '没有摄像头，走人工核验',

  // Pictures and edges
  card: '身份证',
  ticket: '准考证',
  planPhoto: '报名照',
  cardPhoto: '身份证照',
  edge: { pass: '相符', near: '差一点', fail: '不符', 'not-done': '未做' },
  documentEdge: { pass: '一致', near: '有出入', fail: '不一致', 'not-done': '未做' },
  threshold: (score: string, threshold: string) => [score, `阈值 ${threshold}`],
  liveCardEdge: '证件照 · 人脸',
  livePlanEdge: '报名照 · 人脸',
  documentEdgeName: '姓名 证号',
  waitForFace: '等清楚的人脸',
  notNeeded: '不需要',
  edgeReasons: {
    'card-not-read': '证还没读',
    'ticket-of-another': '准考证是别人的',
    'number-typed': '号码是手输的',
    'number-differs': '证号对不上',
    'name-differs': '姓名对不上',
    'name-spelling': '姓名写法不同',
    'ticket-not-presented': '还没扫准考证',
    'number-and-name-agree': '姓名 证号',
    'face-not-taken': '等清楚的人脸',
    'card-photo-undecodable': '证件照读不出',
    'card-photo-absent': '证上没有照片',
    'card-photo-unusable': '证件照看不清',
    'plan-photo-unusable': '报名照看不清',
  } as Record<string, string>,
  edgeScore: (score: string, threshold: string) => `${score}，阈值 ${threshold}`,

  // Reader strip
  reader: {
    none: '没有接读卡器',
    noneHelp: '扫准考证，或按 F2 输号码',
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
  last: '上一位',
  outcome: {
    admitted: '已入场',
    'admitted-by-hand': '已入场（人工）',
    'set-aside': '候核',
    'sent-elsewhere': '已指路',
    refused: '未入场',
    abandoned: '已取消',
  },
  doorShut: '负责人还没开场，先核对不放行',
  noSession: '这个考场现在没有场次',
  noSessionHelp: '看门牌和计划是不是同一个考场；或者请负责人读入计划、开场。',
  backHome: '回首页选考场',

  // Reader lost
  goOnByHand: '入场不停，走人工核验',
  readerSteps: ['拔下读卡器的 USB 线，再插上', '还是不亮，换备用读卡器', '不用重启，接上就能用'],
  scanTicket: '扫准考证条码',
  scanKey: '直接扫',

  // Look up
  lookupTitle: '输证件号或准考证号',
  lookupHelp: '看着证件输完整号码，末位 X 也要输。手输的号码要两个人核验。',
  lookupGo: '查名单',
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

  // Manual lane
  manualTitle: '人工核验，等第二人',
  manualFirst: '人工核验，先看 4 项',
  why: '原因',
  reasons: {
    'face-near-miss': '人脸差一点',
    'face-not-taken': '采不到人脸',
    'declines-face': '考生不用人脸',
    'card-unreadable': '证件读不出或有疑点',
    'no-card': '没带证件',
    'name-spelling': '姓名写法不同',
    'reader-lost': '读卡器不能用',
    other: '其他（写明）',
  } satisfies Record<ManualReason, string>,
  note: '写一句',
  firstPerson: '第一人',
  firstSeen: (name: string, time: string) => `${name} · 4 项都已看 · ${time}`,
  firstToDo: (name: string) => `${name} · 按 1-4 逐项看`,
  secondPerson: '第二人',
  chooseSecond: '选第二人',
  nobodyElse: '今天没有别的工作人员可选',
  pinOf: (name: string) => `请${name}本人输入 PIN`,
  pinLater: '看完 4 项，选第二人，再输 PIN',
  checks: ['和证件照是同一人', '和报名照是同一人', '证号和名单一致', '证件有效，没有涂改'],
  admitUnder: 'PIN 输完自动可按',
  takenAt: (time: string) => `${time} 拍`,
  seenLive: '现在的画面，没有存',
  noPicture: '没有照片',
  doubts: {
    'ticket-of-another': '准考证是别人的',
    'no-card': '没有读证，号码是手输的',
    'number-differs': '证号和名单不同',
    'name-differs': '姓名和名单不同',
    'name-spelling': '姓名写法和名单不同',
    'live-card-near': '和证件照差一点',
    'live-card-fail': '和证件照差得远',
    'live-plan-near': '和报名照差一点',
    'live-plan-fail': '和报名照差得远',
    'face-engine-unavailable': '这台电脑现在不能比对人脸',
    'plan-photo-unusable': '报名照看不清，不能比对',
    expired: '证件过期',
    'not-yet-valid': '证件还没生效',
    'validity-reversed': '证件有效期不对',
    'born-in-future': '证件出生日期不对',
    'number-bad': '证件号码校验不对',
    'number-of-other-document': '号码和证件种类不符',
    'birth-date-differs': '出生日期和号码不符',
    'sex-differs': '性别和号码不符',
    'engine-stopped': '人脸比对停了',
    'engine-failed': '人脸比对出错',
    'face-not-taken': '没采到人脸',
  } as Record<string, string>,
  otherDoubt: '机器有疑问，请人看',
  machineOnlyReminds: '机器只提醒，由两个人当面核对后定。',

  // Unknown outcome
  unknownOutcome: '不知道存没存上',
  unknownOutcomeHelp: '刚才的回答没收到。先别再按，正在读回这位考生的记录。',
  readAgain: '再读一次',

  keys: [
    { key: 'F2', does: '输证件号或准考证号' },
    { key: 'F8', does: '人工核验' },
    { key: 'F9', does: '移到候核' },
    { key: '1-4', does: '人工核验的四项' },
  ],
};
