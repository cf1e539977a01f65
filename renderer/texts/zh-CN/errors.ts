import { dateText, minuteText } from '../../ui/time-text.ts';
import type { ErrorSentences } from '../error-sentence.ts';

/** What happened, and what to do now. */
export const errors: ErrorSentences = {
  signedOut: '还没有登录。请先登录再做这一步。',
  wrongRole: '您的身份不能做这一步。请有权限的人来登录。',
  outcomeUnknown: '刚才的回答没收到，不知道存没存上。先别再按，正在读回记录。',

  ALREADY_CREATED: () => '本站已经建好了。请直接登录。',
  PASSPHRASE_NEEDED: () => '这台电脑要用口令保管密钥。请设一个 8 位以上的口令。',
  WRONG_PASSPHRASE: () => '口令不对。请看大小写，再输一次。',
  OTHER_WRAP: ({ wrappedBy }) =>
    wrappedBy === 'os-keystore'
      ? '密钥由系统密钥库保管，这里打不开。请关掉考点站，改用桌面程序，由建站的系统账户启动。'
      : '密钥用口令锁着，这个桌面程序打不开。请关掉考点站，用 npm start -- --shell browser 启动，再输口令。',
  WRONG_PIN: ({ failures }) => `PIN 不对（已错 ${failures} 次）。请再输一次。`,
  SAME_PIN: () => '新 PIN 和旧的一样。请换一个。',
  PIN_LOCKED: ({ retryAtMs }) => `错的次数多了，到 ${minuteText(retryAtMs)} 才能再试。请稍等，或换人。`,
  ROLES_CLASH: () => '这些身份不能由同一个人兼任。请去掉其中一个。',
  UNKNOWN_EXAMINER: () => '场次计划里没有这位考评员。请先选计划里的人。',
  EXAMINER_TAKEN: () => '这位考评员已经登记过了，用的是别的名字。',
  NAME_TAKEN: () => '已经有同名的人。请在名字后加部门或编号区分。',
  CHECK_EXPIRED: () => '检查结果过期了。请把文件再检查一遍。',
  PLAN_IN_USE: () => '现在的计划已经用上（开过场或来过人），或新计划用了用过的编号。请先封存，再用新编号的计划。',
  OTHER_SITE: ({ planSite }) => `这份计划是“${planSite}”的，不是本站的。请换成本站的计划。`,
  NO_SUCH_IMAGE: () => '没有这张照片。',
  NO_SUCH_SESSION: () => '没有这一场。请看场次计划。',
  WRONG_STATE: ({ state }) => `这一场现在是“${sessionStates[state] ?? state}”，不能做这一步。`,
  NOT_READY: () => '开场前的检查还有不合格的，先处理红色的项。',
  TOO_EARLY: ({ endsAtMs }) => `还没到时间，这一步没有做。最迟过了 ${minuteText(endsAtMs)} 就能做。`,
  NO_SUCH_ROOM: () => '计划里没有这个考场。请回首页重新选。',
  NOT_A_TICKET: () => '这不是准考证上的码。请扫准考证，或按 F2 输入号码。',
  TICKET_NOT_GENUINE: ({ reason }) =>
    reason === 'malformed'
      ? '二维码不完整，读不出来。请展平再扫，或按 F2 输号码。'
      : reason === 'unknown-key'
        ? '这张准考证不是本计划的鉴定中心签发的。请找负责人，或按 F2 输证号核对名单。'
        : '这张准考证的签名不对，内容被改过或是伪造的。请找负责人。',
  TICKET_REVOKED: () => '签发这张准考证的密钥已被鉴定中心作废。请按 F2 输证号，对名单核验。',
  TICKET_OTHER_SITE: () => '这张准考证是别的考核点的。请看准考证上的地点。',
  TICKET_OTHER_SESSION: ({ sessions: [first] }) =>
    first
      ? `这张准考证是 ${dateText(first.startsAtMs)} ${minuteText(first.startsAtMs)} “${first.label}”的，不是本场的。`
      : '这张准考证不是本场的。请看准考证上的时间。',
  TICKET_UNKNOWN: () => '名单里没有这个准考证号。请核对号码，或按 F2 输证号。',
  NUMBER_INVALID: () => '号码不对：位数或校验位不符。请看着证件再输一次。',
  PERSON_UNKNOWN: () => '名单里没有这个人。请核对证件，再找负责人。',
  ATTEMPT_CLOSED: () => '这位考生的记录已经办结，画面已换成现在的记录。',
  NO_SUCH_ATTEMPT: () => '没有这条记录。请重新放证。',
  FRAME_UNREADABLE: () => '摄像头的画面读不出来。请看摄像头，或走人工核验。',
  ENGINE_UNAVAILABLE: () => '这台电脑现在不能比对人脸。请走人工核验，入场不停。',
  PICTURE_UNREADABLE: () => '这张照片读不出来。请重新拍一张。',
  CARD_CAMERA_UNAVAILABLE: () => '这台电脑不能识读证件照片。请按 F2 输入证号。',
  NO_SUCH_PICTURE: () => '这张照片已经过期。请重新拍证件。',
  FIELDS_MISSING: ({ fields }) => `还有 ${fields.length} 栏没有核对。请逐栏看过再确认。`,
  DOCUMENT_NOT_ACCEPTED: () => '按规则不收这种证件。请出示名单上写的证件，或请负责人来。',
  NOT_ADMITTED: () => '这个人现在没有入场记录，没有可撤销的。',
  NOT_THE_LEAD: () => '只有考核点负责人能撤销。请负责人来输 PIN。',
  NOT_ALLOWED: () => '按规则现在不能放行。请看屏幕上的原因。',
  SAME_PERSON: () => '第二人不能是第一人自己。请另一位工作人员来输 PIN。',
  ALREADY_ADMITTED: () => '这位考生已经入场，签署的内容不能再改。',
  NO_SIGNATURE: () => '没有看到签名。请考生本人在手写板上写全名。',
  TEXT_CHANGED: () => '承诺书有了新的内容。请让考生看过新的再签。',
  NOT_INSIDE: () => '这位考生现在不在考场里。请看名单。',
  NOT_OUT: () => '这位考生就在考场里，没有要撤销的离场。',
  EARLY_LEAVE: () => '还没到可以离场的时间。请看规则，确需离场的写明原因。',
  NO_SUCH_RECHECK: () => '没有这条抽查，或还没到时间。',
  RECHECK_DONE: () => '这条抽查已经做完，画面已换成现在的记录。',
  BY_EYE_ONLY: () => '这一位由两名工作人员当面核对，不再采人脸。',
  NOTE_NEEDED: () => '有疑问的，请写明看到了什么。',
  MARKING_BEGUN: ({ locked }) =>
    locked
      ? '这位考生的评分已经锁定，不能再撤销入场。请按违纪违规另行处理。'
      : '这位考生已有评分（草稿）。确实要撤销的，请负责人再确认一次。',
  NO_SUCH_CAMERA: () => '计划里没有这台摄像机。',
  NO_SUCH_RECORDING: () => '没有这段录像。请重新开始录。',
  TAKEN_OVER: () => '另一台电脑接手了这台摄像机，本机已停录。',
  SESSION_SEALED: () => '这一场已经封存，不能再改。',
  SESSION_NOT_OPEN: () => '这一场还没开门，不能录。请负责人先开场。',
  SEGMENT_TOO_LARGE: () => '这一小段录像太大，没存。请降低清晰度后重新开始录。',
  NOT_A_SEGMENT: () => '这一小段不是完整的录像，没存。正在接着录下一段。',
  BAD_INTERVAL: () => '这一小段的时间不对，没存。请看本机时钟。',
  SEQUENCE_REUSED: () => '这个编号的录像已有不同内容，没有覆盖。请重新开始录。',
  DISK_FULL: () => '硬盘满了。请腾出空间或接备用盘，再试一次。',
  NOT_ON_PANEL: () => '您不在这个考场的考评组里。换过计划的，请负责人重新登记您。',
  LOCKED: () => '您的评分已经锁定，不能再改。',
  NO_SUCH_CELL: () => '评分表里没有这一格。',
  OVER_MAXIMUM: ({ maxTenths }) => `这一项最多 ${maxTenths / 10} 分。`,
  INCOMPLETE: ({ missing }) => `还有 ${missing} 格没打分，打完才能锁定。`,
  SOMEBODY_WAITS: ({ waiting }) => `这个考场还有 ${waiting} 人在候核或站在门口，可能还要进来。等处理完或散场后再锁定。`,
  NOT_REVEALED: ({ waitingFor }) => `还差 ${waitingFor} 位考评员没锁定，都锁定后才能看和签。`,
  ALREADY_SIGNED: () => '您已经签过了。',
  CHECK_CODE_DIFFERS: () => '屏幕上的分数不是最新的。已重新读取，请核对后再签。',
  NO_SUCH_ITEM: () => '这一项已经不缺了。',
  UNDECLARED: ({ missing }) => `还有 ${missing.length} 项缺的没写原因。写完才能封存。`,
  NOT_SIGNED_OFF: () => '负责人还没签字。签字后才能封存。',
  SEALING_UNDERWAY: () => '本站正在封存，一次只封一场。请等它完成再做这一步。',
  STATE_CHANGED: () => '签字的时候内容有变，没有签上。请再看一遍，重新签。',
  KEYS_LOCKED: () => '本站的密钥还锁着。请负责人输入口令打开。',
  EVIDENCE_DAMAGED: ({ files }) => `有 ${files.length} 个文件和记录对不上，没有封存。请先联系鉴定中心。`,
  NO_SUCH_BUNDLE: () => '没有这个封存包。',
  FOLDER_UNUSABLE: ({ reason }) => `这个文件夹不能用（${reason}）。请换一个盘或文件夹。`,
  ALREADY_THERE: () => '那里已经有同名的封存包。请换一个文件夹。',
  READ_BACK_DIFFERS: ({ files }) => `写到盘上的有 ${files.length} 个文件读回来不一样。请换一个盘再导出。`,
  ALREADY_RUNNING: () => '演练正在进行。',
  NOT_A_REHEARSAL: () => '只有演练时才能拨钟。',
  BAD_ADDRESS: () => '这个地址不能用。请看格式，再输一次。',
  BEYOND_THIS_MACHINE: () => '读卡服务在别的电脑上。确实要用的，请勾选“读卡服务可以在别的电脑上”。',
  ADDRESS_TAKEN: ({ label }) => `这个地址已经是“${label}”的。一台读卡器只能登记一次。`,
  TOO_MANY_READERS: ({ most }) => `最多登记 ${most} 台读卡器。请先移除不用的。`,
  NO_SUCH_READER: () => '没有这台读卡器，可能刚被移除。',
  NO_CARD_LAID: () => '半分钟内没有读到证。请放好证再试。',
  COMMAND_UNUSABLE: ({ reason }) =>
    reason === 'unclosed-quote' ? '双引号没有成对。请补上再保存。' : '程序要写完整路径，如 /opt/wlt/wlt2bmp。',
  ONLY_AT_THE_STATION: () => '这一项只能在考点站本机上改。',
  BACKWARDS: () => '时钟只能往后拨。',
};

const sessionStates: Record<string, string> = {
  preparing: '准备中',
  open: '入场中',
  running: '考试中',
  closed: '已结束',
  sealed: '已封存',
};
