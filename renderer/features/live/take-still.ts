/** A still is bounded by the protocol; the largest JPEG of these qualities that fits is taken. */
const maxBytes = 300_000;
const qualities = [0.85, 0.7, 0.5, 0.3] as const;
/** Wide enough to read a room by, and seldom over the limit. */
const maxWidth = 1_280;

/**
 * The picture a camera shows now, with a line of text burnt in as in the recording: the track itself has none.
 *
 * @returns null when the camera gives no picture
 */
export async function takeStill(track: MediaStreamTrack, label: string): Promise<Blob | null> {
  if (track.readyState !== 'live') return null;
  try {
    const frame = await new ImageCapture(track).grabFrame();
    const scale = Math.min(1, maxWidth / frame.width);
    const canvas = new OffscreenCanvas(Math.round(frame.width * scale), Math.round(frame.height * scale));
    const context = canvas.getContext('2d')!;
    context.drawImage(frame, 0, 0, canvas.width, canvas.height);
    frame.close();
    const size = Math.max(14, Math.round(canvas.height / 28));
    context.font = `${size}px "Noto Sans SC Variable", sans-serif`;
    const width = context.measureText(label).width + size;
    context.fillStyle = 'rgba(0, 0, 0, 0.75)';
    context.fillRect(8, 8, width, size * 1.6);
    context.fillStyle = '#fff';
    context.textBaseline = 'middle';
    context.fillText(label, 8 + size / 2, 8 + size * 0.8);
    for (const quality of qualities) {
      const still = await canvas.convertToBlob({ type: 'image/jpeg', quality });
      if (still.size <= maxBytes) return still;
    }
    return null;
  } catch {
    return null;
  }
}
