export const signIn = {
  title: '请登录',
  locked: (name: string) => (name === '' ? '已锁屏' : `${name} 已离开`),
  lockedHelp: '5 分钟没动就锁。录像和入场计数不停。换人请用自己的名字。',
  wrongRole: '这一步您的身份不能做',
  wrongRoleHelp: '可以请有权限的人在这台机上登录，或按返回继续做别的。',
  name: '姓名',
  chooseName: '选自己的名字，可输字查找',
  noNames: '没有这个名字。请考点负责人在办公室里添加。',
  pin: '6 位 PIN',
  signIn: '登录',
  back: '返回',
  wait: (span: string) => `PIN 错的次数多了，${span} 后再试，或换人`,
};
