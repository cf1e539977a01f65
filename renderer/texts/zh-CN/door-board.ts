import type { CandidateStatus, Lane } from '../../../electron/features/checkin/contract.ts';

/** Words of the door board: everybody of a session and what became of them. */
export const doorBoard = {
  room: '考场',
  allRooms: '全部考场',
  show: '只看',
  filters: { all: '全部', waiting: '候核', 'by-hand': '人工', out: '离场', 'not-yet': '未到', absent: '缺考' },
  find: '姓名、座位或准考证号',
  print: '打印',
  title: (session: string, room: string) => `${session} · ${room}入场情况`,
  printedAt: (time: string) => `${time} 时的情况`,
  counts: (c: Lane['counts']) =>
    `应到 ${c.expected}　已到 ${c.admitted}（人工 ${c.byHand}）　离场 ${c.away}　候核 ${c.setAside}　未到 ${c.notYet}　缺考 ${c.absent}`,
  columns: {
    seat: '座位',
    name: '姓名',
    ticket: '准考证号',
    room: '考场',
    status: '情况',
    time: '时间',
    attempts: '核验次数',
  },
  statuses: {
    'not-yet': '未到',
    admitted: '已到',
    'admitted-by-hand': '已到（人工）',
    'set-aside': '候核',
    held: '已交负责人',
    absent: '缺考',
  } satisfies Record<CandidateStatus, string>,
  away: { break: '离场', finished: '已交卷' },
  none: '没有这样的考生',
};
