export const home = {
  hello: (name: string) => `${name}，请选工作台`,
  today: '今天的场次',
  noPlan: '还没有场次计划',
  noPlanHelp: '请考点负责人到办公室读入鉴定中心给的计划。',
  chooseRoom: '选考场',
  rehearsal: '现在是演练，不是真考试',
  states: { preparing: '准备中', open: '入场中', running: '考试中', closed: '已结束', sealed: '已封存' },
  does: {
    door: '证件、准考证、人脸，三样比对',
    room: '看每台摄像机都在录',
    examiner: '打分、锁定、签名',
    office: '计划、开场、收尾、封存',
  },
  secondLane: '第二通道',
  signAhead: '平板签承诺书',
  notYours: '您的身份不用这个台',
};
