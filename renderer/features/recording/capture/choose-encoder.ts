/** Frames a second asked of the camera and told to the encoder. */
export const framesPerSecond = 15;

/** Bits a second of 1280x720; other sizes in proportion. About 500 MB an hour. */
const bitsPerSecondAt720p = 1_200_000;

export interface ChosenEncoder {
  config: VideoEncoderConfig;
  /** As the container names it. */
  family: 'avc' | 'vp9';
}

/**
 * The encoders to try, best first: H.264 baseline, H.264 main, then VP9 (a browser built without H.264 has that).
 * H.264 levels: 3.1 holds 1280x720, 4.0 holds 1920x1080, 5.1 more (ITU-T H.264, table A-1).
 */
export function encoderCandidates(width: number, height: number): ChosenEncoder[] {
  const pixels = width * height;
  const level = pixels <= 1280 * 720 ? '1F' : pixels <= 1920 * 1088 ? '28' : '33';
  const common = {
    width,
    height,
    framerate: framesPerSecond,
    bitrate: Math.max(400_000, Math.round((bitsPerSecondAt720p * pixels) / (1280 * 720))),
    bitrateMode: 'variable' as const,
    latencyMode: 'realtime' as const,
  };
  const h264 = (profile: string): ChosenEncoder => ({
    config: { ...common, codec: `avc1.${profile}${level}`, avc: { format: 'avc' } },
    family: 'avc',
  });
  const vp9Level = pixels <= 1280 * 720 ? '31' : pixels <= 1920 * 1088 ? '40' : '50';
  return [h264('42E0'), h264('4D40'), { config: { ...common, codec: `vp09.00.${vp9Level}.08` }, family: 'vp9' }];
}

/** The first this browser can do; null when it can do none. */
export async function chooseEncoder(width: number, height: number): Promise<ChosenEncoder | null> {
  for (const candidate of encoderCandidates(width, height)) {
    const answer = await VideoEncoder.isConfigSupported(candidate.config).catch(() => null);
    if (answer?.supported) return candidate;
  }
  return null;
}
