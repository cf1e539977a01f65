import type { GapReason } from '../../../electron/features/recording/contract.ts';

/** Why a stretch of video is missing or weak, in a word or two. */
export const gapReasons: Record<GapReason, string> = {
  absent: '没有摄像机',
  busy: '摄像机打不开',
  unplugged: '摄像机断开',
  stalled: '画面停住',
  black: '画面全黑',
  covered: '镜头被挡住',
  frozen: '画面不动',
  'low-resolution': '画面不够清楚',
  'slow-encoder': '电脑跟不上',
  unreadable: '画面读不出来',
  'no-encoder': '编码出错',
  permission: '没有允许用摄像机',
  'queue-full': '送不出去',
  clock: '时钟被改',
  'no-segments': '没有画面送到主站',
  'desk-restarted': '录像页面重开',
  'station-restarted': '主站重启',
  'disk-full': '主站硬盘满',
  stopped: '监考停了录像',
};
