/** The device behind a stream, as the browser names it; virtual cameras are known by it. Empty where it has no name. */
export const cameraLabel = (stream: MediaStream): string => (stream.getVideoTracks()[0]?.label ?? '').slice(0, 120);
