import type { FaceEngineError } from '../../devices/face-engine/port.ts';

/** The picture's own fault: looking again would show the same. Everything else is the engine's. */
export const isOfPicture = ({ code }: FaceEngineError): boolean =>
  code === 'image-unreadable' || code === 'image-too-large';

export type FaceError = { code: 'FRAME_UNREADABLE' } | { code: 'ENGINE_UNAVAILABLE'; data: { code: string } };
