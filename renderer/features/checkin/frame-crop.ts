/** A rectangle of the camera's picture, in its pixels. */
export interface Crop {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * The middle part of the camera's picture that a box of the given shape shows (as CSS `object-fit: cover` cuts it).
 * What the person sees of themselves is what is sent; bystanders beside the box are not in it.
 */
export function visibleCrop(frame: { width: number; height: number }, box: { width: number; height: number }): Crop {
  const shape = box.width / box.height;
  const width = Math.min(frame.width, Math.round(frame.height * shape));
  const height = Math.min(frame.height, Math.round(frame.width / shape));
  return { x: Math.round((frame.width - width) / 2), y: Math.round((frame.height - height) / 2), width, height };
}

/** The size of a picture made smaller to at most `widestPx`, never larger; its shape stays. */
export function sentSize(crop: { width: number; height: number }, widestPx: number): { width: number; height: number } {
  const scale = Math.min(1, widestPx / crop.width);
  return { width: Math.max(1, Math.round(crop.width * scale)), height: Math.max(1, Math.round(crop.height * scale)) };
}
