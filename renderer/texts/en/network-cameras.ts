import type { networkCameras as zh } from '../zh-CN/network-cameras.ts';

export const networkCameras: typeof zh = {
  title: 'Network cameras',
  help: 'Recorded once the session is open, without encoding. The password is kept encrypted and not shown again.',
  none: 'None yet',
  noFfmpeg:
    'ffmpeg is not installed on this computer: network cameras cannot be recorded. USB cameras are not affected.',
  add: 'Add a camera',
  which: 'Camera of the plan',
  address: 'Address',
  addressHint: 'rtsp://10.0.0.7:554/Streaming/Channels/101',
  user: 'User',
  password: 'Password',
  keepLogin: 'left empty, it stays as it is',
  test: 'Test picture',
  testing: 'Fetching a picture',
  testAlt: 'Test picture',
  search: 'Search the network',
  searching: 'Searching',
  nothing: 'Nothing found. Some cameras have the search switched off; type the address instead.',
  found: (n) => `${n} found; a click fills in the address`,
  save: 'Save',
  cancel: 'Back',
  change: 'Change',
  remove: 'Remove',
  states: {
    idle: 'records once the door is open',
    'keys-locked': 'keys are locked, not recorded',
    connecting: 'connecting',
    recording: (width, height) => `recording ${width}×${height}`,
  },
};
