/** Words of the rehearsal page. */
export const rehearsal = {
  title: '考前演练',
  idle: '考前走一遍',
  idleHelp:
    '用样本计划走完整的一天：读卡、比对、冒名、迟到、录像、评分、封存、核验、打开。另开一个进程和用后即弃的文件夹，本站的记录一点不动。大约要一两分钟。',
  start: '开始演练',
  running: (done: number) => `正在演练，走完 ${done} 步`,
  cancel: '停下',
  passed: '演练通过，都和预期一样',
  failed: '演练没通过，请看红色的步骤',
  failedHelp: '考试前请先解决，或联系技术支持，把报告文件夹发给他们。',
  cancelled: '演练停下了',
  again: '再演练一遍',
  step: '步骤',
  result: '结果',
  detail: '情况',
  took: '用时',
  results: { running: '正在走', 'as-expected': '和预期一样', 'not-as-expected': '和预期不一样', skipped: '跳过' },
  seconds: (s: string) => `${s} 秒`,
  folder: '报告和封存包在',
  startedAt: (time: string) => `${time} 开始`,
};
