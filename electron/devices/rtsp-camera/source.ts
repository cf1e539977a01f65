import type { RtspSource } from './port.ts';

/** The address as it may be shown, and what was written before the @; null for what is no RTSP address. */
export function readAddress(text: string): RtspSource | null {
  const url = URL.parse(text.trim());
  if (url === null || !/^rtsps?:$/.test(url.protocol) || url.hostname === '' || /[\s'"\\]/.test(url.href)) return null;
  const [user, password] = [safeDecode(url.username), safeDecode(url.password)];
  if (user === null || password === null) return null;
  url.username = '';
  url.password = '';
  return { address: url.href, user, password };
}

function safeDecode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/**
 * What ffmpeg is told on its standard input: a list of one file (its `concat` format), whose name holds the password. So
 * it stands neither in the process's arguments, which everybody on this computer can read, nor in a file.
 */
export function inputList({ address, user, password }: RtspSource): string {
  const url = new URL(address);
  const spelt = (text: string) => encodeURIComponent(text).replaceAll("'", '%27');
  const who = user === '' ? '' : `${spelt(user)}:${spelt(password)}@`;
  return [
    'ffconcat version 1.0',
    `file '${url.protocol}//${who}${url.host}${url.pathname}${url.search}'`,
    'option rtsp_transport tcp',
    'option timeout 5000000',
    'option use_wallclock_as_timestamps 1',
    '',
  ].join('\n');
}

const input = ['-hide_banner', '-v', 'error', '-protocol_whitelist', 'pipe,file,tcp,tls,rtsp,rtp,udp,crypto'];
const list = ['-f', 'concat', '-safe', '0', '-i', 'pipe:0', '-map', '0:v:0'];

/** Sound becomes Opus, as a desk's: cameras send G.711 or AAC. Missing stretches are filled, so that it stays in step. */
const sound = ['-map', '0:a:0?', '-c:a', 'libopus', '-b:a', '32k', '-ac', '1', '-af', 'aresample=48000:async=1000'];

/**
 * Records the picture without encoding: fragmented MP4 to the standard output, cut at key frames and after a second at the
 * latest, each fragment handed over as soon as it is whole.
 *
 * @param withSound  where the rule pack asks for it and the camera has any. A sound that stays away holds the picture up
 *   by half a second at most.
 */
export const recordArguments = (withSound: boolean): readonly string[] => [
  ...[...input, ...list, ...(withSound ? sound : ['-an']), '-c:v', 'copy', '-f', 'mp4'],
  ...['-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-frag_duration', '1000000'],
  ...['-max_interleave_delta', '500000', '-flush_packets', '1', 'pipe:1'],
];

/** One picture as JPEG. */
export const stillArguments: readonly string[] = [
  ...[...input, ...list, '-frames:v', '1', '-f', 'image2pipe', '-c:v', 'mjpeg', '-q:v', '4', 'pipe:1'],
];
