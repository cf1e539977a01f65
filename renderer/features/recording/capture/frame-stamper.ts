import { type Bitmap, lineOf, sideBySide, stampLuma } from './overlay.ts';

/** Luma of a frame: its first plane. */
export interface LumaPlane {
  readonly luma: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly stride: number;
}

/** A frame whose pixels can be written to. */
export interface OpenFrame extends LumaPlane {
  readonly bytes: ArrayBuffer;
  readonly layout: PlaneLayout[];
  readonly format: 'I420' | 'NV12';
}

/** Formats whose first plane is luma and which every encoder takes. Cameras deliver these two; null is unreadable. */
export function isReadable(frame: VideoFrame): boolean {
  return frame.format === 'I420' || frame.format === 'NV12';
}

/** Copies a readable frame's pixels out of it. */
export async function openFrame(frame: VideoFrame): Promise<OpenFrame> {
  const bytes = new ArrayBuffer(frame.allocationSize());
  const layout = await frame.copyTo(bytes);
  const rect = frame.visibleRect!;
  const { offset, stride } = layout[0]!;
  return {
    bytes,
    layout,
    format: frame.format as OpenFrame['format'],
    luma: new Uint8Array(bytes, offset, stride * rect.height),
    width: rect.width,
    height: rect.height,
    stride,
  };
}

/** The same picture as a frame for the encoder; `open` cannot be used afterwards. */
export function closeFrame(open: OpenFrame, timestampUs: number, colorSpace: VideoColorSpace): VideoFrame {
  const init: VideoFrameBufferInit & { transfer: ArrayBuffer[] } = {
    format: open.format,
    codedWidth: open.width,
    codedHeight: open.height,
    timestamp: timestampUs,
    layout: open.layout,
    colorSpace: colorSpace.toJSON(),
    transfer: [open.bytes],
  };
  return new VideoFrame(open.bytes, init);
}

/** Burns wall clock and room into the top left corner. The line is drawn once a second, not at every frame. */
export class FrameStamper {
  readonly #glyphs: Record<string, Bitmap>;
  readonly #label: Bitmap;
  #second = Number.NaN;
  #line: Bitmap | null = null;

  constructor(glyphs: Record<string, Bitmap>, label: Bitmap) {
    this.#glyphs = glyphs;
    this.#label = label;
  }

  stamp(plane: LumaPlane, wallMs: number): void {
    const second = Math.floor(wallMs / 1000);
    if (second !== this.#second || this.#line === null) {
      this.#second = second;
      this.#line = sideBySide([lineOf(` ${stampText(second * 1000)} `, this.#glyphs), this.#label]);
    }
    stampLuma(plane.luma, plane, this.#line, { x: 8, y: 8 });
  }
}

/** `2026-11-21 09:42:30` in the desk's zone, which is the site's. */
export function stampText(wallMs: number): string {
  const d = new Date(wallMs);
  const two = (n: number) => String(n).padStart(2, '0');
  const date = `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
  return `${date} ${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
}
