/** Why a network camera gives no pictures, and what to do now. */
export const cameraTroubles = {
  'no-ffmpeg': '这台电脑没有装 ffmpeg，网络摄像机录不了。请装上 ffmpeg；USB 摄像头不受影响。',
  unauthorized: '用户名或密码不对。',
  unreachable: '连不上这个地址。请看网线、电源和地址。',
  'not-found': '摄像机说没有这一路。请看地址里的路径。',
  stalled: '连上了，但没有画面过来。',
  ended: '画面来了又断了。',
  clock: '电脑的时钟被改过，正在重新连接。',
  'bad-stream': '来的不是能录的视频。',
};
