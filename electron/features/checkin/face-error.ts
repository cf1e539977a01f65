import type { FaceEngineError } from '../../devices/face-engine/port.ts';

/** The picture's own fault: looking again would show the same. Everything else is the engine's. */
export const isOfPicture = ({ code }: FaceEngineError): boolean =>
  code === 'image-unreadable' || code === 'image-too-large';

/** Too many pictures wait just now: this one was left out, and the next may get through. Neither person nor engine is at fault. */
export const isBusy = (error: FaceEngineError): boolean => error.code === 'engine-failed' && error.reason === 'busy';

export type FaceError = { code: 'FRAME_UNREADABLE' } | { code: 'ENGINE_UNAVAILABLE'; data: { code: string } };
