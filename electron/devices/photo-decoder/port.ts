import type { Result } from '../../lib/result.ts';

/** Why no picture came; `detail` is an exit code or the system's own words, never what the decoder printed. */
export interface DecodeFailure {
  readonly code:
    | 'not-started'
    | 'timed-out'
    | 'exit-code'
    | 'no-output'
    | 'too-large'
    | 'not-a-picture'
    | 'unreadable'
    | 'wrong-size';
  readonly detail: string;
}

/** Makers' software that turns the photo of a card (WLT, 1024 bytes) into a picture. */
export interface PhotoDecoder {
  /** The photograph as JPEG of 102 x 126 pixels. Never rejects. */
  decode(wlt: Uint8Array): Promise<Result<Uint8Array, DecodeFailure>>;
}
