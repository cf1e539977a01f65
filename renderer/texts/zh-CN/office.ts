import { gapReasons } from './gap-reasons.ts';

type Facts = Record<string, string>;

const reasonOf = (f: { reason?: string | undefined }): string | undefined =>
  (gapReasons as Record<string, string>)[f.reason ?? ''];

/** Words of the office desk: its pages, the day's steps, rooms, alarms, the readiness gate, staff. */
export const office = {
  desk: '办公室',
  pages: {
    overview: '总览',
    door: '入场',
    plan: '场次计划',
    assignment: '委派',
    examiners: '考评员',
    rules: '规则',
    staff: '人员',
    devices: '设备',
    journal: '日志',
    timeline: '问题回溯',
    inspections: '抽查',
    appraisal: '考核',
    forms: '表册',
    scores: '成绩',
    closing: '收尾封存',
    rehearsal: '考前演练',
  },
  pagesLabel: '办公室的各页',
  session: '场次',
  parts: { theory: '理论', skills: '技能', review: '综合评审' } as Record<string, string>,
  states: { preparing: '准备中', open: '入场中', running: '考试中', closed: '已结束', sealed: '已封存' },
  steps: {
    preparing: '考务准备',
    entering: '入场',
    running: '考试中',
    collecting: '收卷',
    marking: '评分',
    closing: '收尾封存',
  },
  counts: { expected: '应到', admitted: '已到', setAside: '候核', absent: '缺考', notYet: '未到' },

  noSession: '还没有场次计划',
  noSessionHelp: '插入鉴定中心给的 U 盘，或选一个 Excel 和照片文件夹。先逐行检查，您看过再存。',
  goPlan: '读入计划',

  room: '考场',
  arrived: '到考',
  recording: '录像',
  staffPresent: '考评员',
  marking: '评分',
  status: '状态',
  fine: '正常',
  waiting: '没开门',
  markingOf: (locked: number, panel: number) => `锁定 ${locked} / ${panel}`,
  signedOf: (signed: number, panel: number) => `签名 ${signed} / ${panel}`,
  noPanel: '不评分',
  finished: '已结束',
  noCamera: '没有摄像机',
  tableLabel: '各考场，按位置排',

  disk: '磁盘',
  diskFree: (free: string) => `还有 ${free}`,
  diskHours: (hours: string) => `能再录 ${hours}`,
  hours: (hours: number) => (hours >= 48 ? `${Math.floor(hours / 24)} 天` : `${Math.floor(hours)} 小时`),
  journal: '日志',
  journalSize: (size: number) => `连续，${size} 条`,
  checkpoint: '检查点',
  checkpointAt: (time: string, size: number) => `${time}，第 ${size} 条`,
  checkpointLeft: '已送中心',
  checkpointNone: '还没有（密钥锁着）',
  connection: '主站',

  allWell: '都正常',
  allWellHelp: '没有要处理的事。有警报会显示在这里。',
  moreAlarms: (count: number) => `后面还有 ${count} 条`,
  nextAlarm: '下一条',
  alarmsCount: (stops: number, looks: number) => `警报 ${stops} · 提醒 ${looks}`,
  since: (time: string, span: string) => `${time} 起，已 ${span}`,
  onIt: (time: string) => `${time} 已派人，记入日志`,
  markNote: (title: string) => `已派人处理：${title}`,
  markFailed: '没记上，请再按一次。',
  alarms: {
    'camera-silent': {
      title: (f: Facts) => `${f.room ?? ''}少录一路`,
      fact: (f: Facts) => `${f.camera ?? '摄像机'}：${reasonOf(f) ?? '没有画面进来'}。先派人站到后排看着，再查摄像机。`,
      action: (place: string) => `派人去 ${place}`,
    },
    'camera-weak': {
      title: (f: Facts) => `${f.room ?? ''}一路录得不好`,
      fact: (f: Facts) =>
        `${f.camera ?? '摄像机'}：${reasonOf(f) ?? ''}。还在录，不算缺口。请监考按考场录像页上的办法处理。`,
      action: (place: string) => `派人去 ${place}`,
    },
    'camera-not-started': {
      title: (f: Facts) => `${f.room ?? ''}没开录`,
      fact: (f: Facts) => `已开考，${f.camera ?? '摄像机'}还没开始录。请监考在考场录像页按“开始录像”。`,
      action: (place: string) => `派人去 ${place}`,
    },
    'reader-lost': {
      title: (f: Facts) => (f.reader ? `读卡器断开：${f.reader}` : '读卡器断开'),
      fact: () => '入场不停，先走人工核验。再查读卡器的线和电源。',
      action: () => '派人去入场口',
    },
    'disk-low': {
      title: (f: Facts) => `磁盘只剩 ${f.freeGiB ?? '?'} GiB`,
      fact: () => '录像快写不下了。接上备用盘，或腾出别的文件；不要删考点站的数据文件夹。',
      action: () => '已去接盘，记下',
    },
    'clock-jump': {
      title: (f: Facts) => `时钟跳了 ${f.seconds ?? '?'} 秒`,
      fact: () => '已记入日志。录像和成绩按次序号排，不会乱。请查是谁改了电脑时间。',
      action: () => '看日志',
    },
    'panel-short': {
      title: (f: Facts) => `${f.room ?? ''}缺考评员`,
      fact: (f: Facts) => `要 ${f.needed ?? '?'} 人，签到 ${f.present ?? '?'} 人。请叫人到场登录，或按规则换候补。`,
      action: () => '已去叫人，记下',
    },
    'panel-facts': {
      title: (f: Facts) => `${f.room ?? ''}考评小组委派后情况有变`,
      fact: (f: Facts) =>
        `按现在的档案，有一条规则不合（${f.rule} · ${f.source}）。请到“委派”看是谁、哪一条：不能派的换人，提醒的写理由再提交。`,
      action: () => '到“委派”处理',
    },
    'recheck-doubt': {
      title: (f: Facts) => `${f.room} 场内复核有疑问：${f.name}（${f.seat}）`,
      fact: () => '两名工作人员当面核对后仍有疑问。请负责人或督导员到场处理。',
      action: (place: string) => `去 ${place}`,
    },
    'person-called': {
      title: (f: Facts) => `入场口请负责人${f.name ? `：${f.name}` : ''}`,
      fact: () => '有一位考生等人核验。考生不离开，队伍先走。',
      action: (place: string) => `去 ${place}`,
    },
    impersonation: {
      title: (f: Facts) => `${f.room ?? '入场口'}请负责人：疑似替考${Number(f.lane) > 1 ? `，通道 ${f.lane}` : ''}`,
      fact: (f: Facts) =>
        `${f.name ? `${f.name}：` : ''}现场人脸和另一人相符。请到门口看两张照片和本人，用您的 PIN 定；定之前不放行，证件不扣。`,
      action: (place: string) => `去 ${place}`,
    },
    'impersonation-late': {
      title: (f: Facts) =>
        `${f.room ?? '入场口'}事后发现疑似替考${f.name ? `：${f.name}` : ''}${Number(f.lane) > 1 ? `，通道 ${f.lane}` : ''}`,
      fact: () =>
        '核验完以后才比对出来：和另一人相符。请到门口看两张照片，再当面核对；不是同一人就用 PIN 了结，是同一人就撤销入场。',
      action: (place: string) => `去 ${place}`,
    },
  },

  readinessTitle: '考务准备',
  readinessStops: (count: number) => `还有 ${count} 项不合格，不能开门`,
  readinessLooks: (count: number) => `可以开门，有 ${count} 项请看一眼`,
  readinessDone: '都合格，可以开门',
  openDoor: '开门入场',
  doorOpen: '门已开，正在入场',
  doorOpenHelp: (time: string) => `到 ${time} 自动转为考试中。`,
  readiness: {
    plan: {
      done: () => '场次计划已读入',
      look: () => '场次计划有提醒，请到“场次计划”看',
      stop: () => '没有场次计划。请到“场次计划”读入',
    },
    keys: {
      done: () => '考点密钥已打开',
      look: () => '考点密钥请看一眼',
      stop: () => '考点密钥锁着。请负责人在上面输口令打开',
    },
    faces: {
      done: () => '人脸比对可用',
      look: () => '人脸比对用不了，入场走人工核验。重启本站再试',
      stop: () => '人脸比对用不了。请重启本站再试',
    },
    reader: {
      done: () => '读卡器就绪',
      look: (f: Facts) =>
        f.lost
          ? `读卡器没连上：${f.lost}。请查线和电源；没有别的读卡器的门走人工核验`
          : '没有登记读卡器，入场走人工核验。请到“设备”添加',
      stop: () => '读卡器没连上。请查线和电源',
    },
    cameras: {
      done: (f: Facts) => `每个考场都有摄像机${f.planned ? `，共 ${f.planned} 路` : ''}`,
      look: (f: Facts) => `${f.rooms ?? ''}没有摄像机；规则包不要求这里录像`,
      stop: (f: Facts) => `${f.rooms ?? ''}没有摄像机。请在计划里补上，再读入`,
    },
    panel: {
      done: () => '考评组人数够',
      look: () => '考评组请看一眼',
      stop: (f: Facts) =>
        `${f.room ?? ''}考评组只有 ${f.has ?? '?'} 人，要 ${f.needs ?? '?'} 人。请在计划里补人，再读入`,
    },
    assignment: {
      done: () => '委派已提交，合规则',
      look: (f: Facts) =>
        f.undecided !== '0'
          ? `委派有 ${f.undecided ?? '?'} 条提醒没定。请到“委派”写明理由再提交`
          : '委派还没提交。请到“委派”看过再提交',
      stop: (f: Facts) => `${f.room ?? ''}的考评小组不合规则（${f.rule ?? ''}）。请到“委派”换人`,
    },
    supervisor: {
      done: () => '督导员已登记',
      look: () => '没有督导员账号。请到“人员”添加；没到场要在收尾时写明',
      stop: () => '没有督导员。请到“人员”添加',
    },
    disk: {
      done: (f: Facts) => `磁盘够用，还有 ${f.free ?? '?'} GiB`,
      look: (f: Facts) => `磁盘可能不够：还有 ${f.free ?? '?'}，估计要 ${f.needed ?? '?'} GiB。请备好第二块盘`,
      stop: (f: Facts) => `磁盘不够：只剩 ${f.free ?? '?'} GiB。请先腾出空间`,
    },
    clock: {
      done: () => '时钟没有跳变',
      look: (f: Facts) => `时钟跳过 ${f.jumps ?? '?'} 次，已记入日志。请核对电脑时间`,
      stop: () => '时钟不可信。请先校准电脑时间',
    },
  },

  endSession: '结束考试，收卷',
  endEarly: '提前结束',
  endEarlyTitle: '没到时间，提前结束吗？',
  endEarlyHelp: (time: string) => `本场到 ${time} 结束。结束后没到的人计缺考，不能再入场。请写原因，会记入日志。`,
  endTitle: '结束考试吗？',
  endHelp: '结束后没到的人计缺考，不能再入场。录像仍可收尾。',
  endTooEarly: (time: string) => `没有结束：迟到考生现在还能入场。等入场截止后写明原因再结束，或等到 ${time}。`,
  reason: '原因',
  reasonNeeded: '请写两个字以上的原因。',
  confirmEnd: '结束考试',
  cancel: '先不结束',
  toMarking: '等考评员锁定和签名',
  toMarkingHelp: (locked: number, signed: number, panel: number) =>
    `${panel} 名考评员里，锁定 ${locked} 人，签名 ${signed} 人。不全也可以去收尾，缺的照实写。`,
  toClosing: '可以收尾封存',
  toClosingHelp: '评分都签完了。',
  goClosing: '去收尾封存',
  sealedTitle: '本场已封存',
  sealedHelp: '到“收尾封存”看封存码、核验报告和送出情况。',

  staffTitle: '人员',
  staffHelp: '每人一个账号，PIN 只给本人。没有默认密码，不共用账号。',
  name: '姓名',
  roles: '身份',
  examiner: '计划里的考评员',
  examinerNotInPlan: '不在现在的计划里，要评分须重新登记',
  noExaminer: '不是考评员',
  pin: '六位 PIN，请本人输入',
  addStaff: '添加人员',
  addTitle: '添加一个人',
  added: (name: string) => `已添加 ${name}`,
  nameNeeded: '请写姓名。',
  roleNeeded: '至少选一个身份。',
  pinNeeded: 'PIN 要六位数字。',
  examinerNeeded: '考评员要对上计划里的人，才看得到自己的评分组。',
  clashHelp: '督导员、成绩管理员不能兼别的身份。',
  noStaff: '还没有人员',

  keyHelp: { next: '下一条警报', enter: '蓝色大块' },
};
