import { maskDocumentNumber } from '../identity/document-number.ts';
import type { OtherDocument } from './attempt-schema.ts';
import { type LikeFact, likeFact } from './lookalike-fact.ts';
import type { OpenAttempt, TurnFact } from './open-attempt.ts';

/** What a record keeps besides edges and frames; written when the attempt closes, and never worked out again. */
export interface WhatElseDecided {
  /** A card read by camera, or another document; null for a card on a reader, a number typed, or none. */
  document: CardByCamera | { by: 'other'; type: OtherDocument } | null;
  /** The switch check (替考); null where no face was compared and nothing stands from an earlier attempt. */
  like: {
    found: LikeFact | null;
    comparedWith: number;
    /** Admitted or blocked, with no face that could be compared. */
    notCompared: number;
    settled: { staffId: string; note: string } | null;
  } | null;
  /** The head turn; null where none was asked, or it came to no end. */
  turn: TurnFact | null;
}

interface CardByCamera {
  by: 'camera';
  reader: string;
  models: { file: string; sha256: string }[];
  /** Of the picture as it was read; the card set upright lies with the evidence. */
  imageSha256: string;
  /** Fields that staff wrote otherwise than they were read; numbers are masked. */
  corrected: { field: string; read: string; confirmed: string }[];
}

export const whatElseDecided = (a: OpenAttempt): WhatElseDecided => ({
  document: documentFact(a),
  like:
    a.likeSought || a.like
      ? {
          found: a.like && likeFact(a.like),
          comparedWith: a.likeSought?.comparedWith ?? 0,
          notCompared: a.likeSought?.notCompared ?? 0,
          settled: a.likeSettled,
        }
      : null,
  turn: a.turnFact,
});

function documentFact({ document }: OpenAttempt): WhatElseDecided['document'] {
  if (document.by === 'other') return { by: 'other', type: document.type };
  if (document.by !== 'camera') return null;
  const { reader, fields } = document;
  return {
    by: 'camera',
    reader: reader.name,
    models: reader.models.map(({ file, sha256 }) => ({ file, sha256 })),
    imageSha256: reader.imageSha256,
    corrected: fields
      .filter((f) => f.read !== f.confirmed)
      .map(({ field, read, confirmed }) =>
        field === 'number'
          ? { field, read: maskDocumentNumber(read), confirmed: maskDocumentNumber(confirmed) }
          : { field, read, confirmed },
      ),
  };
}
