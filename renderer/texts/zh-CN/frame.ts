/** Words of the frame around every desk. */
export const frame = {
  product: '考点站',
  startsIn: '距开考',
  startedAgo: '已开考',
  endedAgo: '已结束',
  connectionLost: '连不上主站，正在重连',
  allKeys: '全部按键',
  back: '返回',
  language: '语言',
  volume: '音量',
  lock: '锁屏',
  signOut: '退出登录',
  retry: '再读一次',
  copy: '复制',
  copied: '已复制',
  copyByHand: '已选中，请按 Ctrl+C',
  rule: (ruleId: string) => `规则 ${ruleId}：`,
  source: (source: string) => `来源：${source}`,
  rehearsal: '演练',
  cannotOpen: '这里打不开',
  firstPage: '回首页',
  readFailed: '没读到，本机主站没有回答',
  readFailedHelp: '已保存的都在。看主站电脑是否开着，再读一次。',
  /** An occupation with its level, as every desk names it. */
  occupation: (name: string, level: string) => `${name}${levels[level] ?? ''}`,
  desks: {
    door: '入场核验',
    room: '考场录像',
    examiner: '评分',
    office: '办公室',
  },
  commonKeys: [
    { key: 'Enter', does: '蓝色大块' },
    { key: 'Esc', does: '返回，什么都不丢' },
    { key: 'F1', does: '全部按键' },
    { key: 'F3', does: '静音 2 分钟' },
  ],
};

const levels: Record<string, string> = { '5': '五级', '4': '四级', '3': '三级', '2': '二级', '1': '一级' };
