/** Why a network camera gives no pictures, and what to do now. */
export const cameraTroubles = {
  'no-ffmpeg':
    'ffmpeg is not installed on this computer, so network cameras cannot be recorded. Please install it; USB cameras are not affected.',
  unauthorized: 'User or password is wrong.',
  unreachable: 'The address cannot be reached. Please check cable, power and address.',
  'not-found': 'The camera knows no such stream. Please check the path in the address.',
  stalled: 'It is connected, but no picture comes.',
  ended: 'Pictures came and stopped.',
  clock: "This computer's clock was set; connecting again.",
  'bad-stream': 'What comes is no video that can be recorded.',
};
