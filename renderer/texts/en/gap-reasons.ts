import type { gapReasons as zh } from '../zh-CN/gap-reasons.ts';

export const gapReasons: typeof zh = {
  absent: 'no camera',
  busy: 'the camera would not open',
  unplugged: 'unplugged',
  stalled: 'the picture stopped',
  black: 'the picture was black',
  covered: 'the lens was covered',
  frozen: 'the picture was frozen',
  'low-resolution': 'the picture is too small',
  'slow-encoder': 'the computer is too slow',
  unreadable: 'the picture could not be read',
  'no-encoder': 'encoding failed',
  permission: 'the camera was not allowed',
  'queue-full': 'it could not be delivered',
  clock: 'the clock was set',
  'no-segments': 'nothing reached the station',
  'desk-restarted': 'the recording page was opened again',
  'station-restarted': 'the station was restarted',
  'disk-full': "the station's disk is full",
  stopped: 'the invigilator stopped it',
};
