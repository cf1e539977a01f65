import type { Allowance } from './live-driver.ts';

/** As a packet's mark and as a share of the bandwidth. */
export const leastUrgent = { priority: 'very-low', networkPriority: 'very-low' } as const;

/**
 * The layers of simulcast, smallest first: scaled by 4, 2 and 1, so that of 1280x720 come 320x180, 640x360 and 1280x720. Ten
 * frames a second show a room well, and each costs a frame of the encoder. All of it is the least urgent traffic there is.
 */
export const layers: readonly RTCRtpEncodingParameters[] = (
  [
    [4, 150_000],
    [2, 400_000],
    [1, 1_000_000],
  ] as const
).map(([scaleResolutionDownBy, maxBitrate], i) => ({
  scaleResolutionDownBy,
  maxBitrate,
  maxFramerate: 10,
  // Chromium has one priority for all layers and wants it at the first.
  ...(i === 0 && leastUrgent),
}));

/**
 * Which layer is the largest that is encoded; null: none. A wall of rooms shows pictures of a hand's width, for which the second
 * is enough; the full one, which costs as much as the others together four times, goes out while somebody fills a screen with it.
 */
export function largestLayer({ room, size }: Allowance): 0 | 1 | 2 | null {
  if (room === 'none') return null;
  if (room === 'small') return 0;
  return size === 'large' ? 2 : 1;
}

/** Codecs in order of what they cost here: H.264 takes a tenth of VP8's time. Anything else is not sent. */
const wanted = ['video/h264', 'video/vp8'];

/** The one to send of what both sides have; undefined when there is none. */
export const chooseCodec = <C extends { mimeType: string }>(codecs: readonly C[]): C | undefined =>
  wanted.flatMap((mimeType) => codecs.filter((c) => c.mimeType.toLowerCase() === mimeType))[0];

/** The browser's codecs with those worth sending first, and without those that are not. */
export const preferredCodecs = <C extends { mimeType: string }>(codecs: readonly C[]): C[] => {
  const isHelper = (c: C) => /\/(rtx|red|ulpfec|flexfec-03)$/i.test(c.mimeType);
  return [
    ...wanted.flatMap((mimeType) => codecs.filter((c) => c.mimeType.toLowerCase() === mimeType)),
    ...codecs.filter(isHelper),
  ];
};
