import { createHash } from 'node:crypto';
import type { CardCamera, CardGuidance, ReadField } from '../../electron/devices/card-camera/port.ts';
import { err, ok } from '../../electron/lib/result.ts';

/** What the camera makes of a picture: the fields it reads, or what it asks for instead. */
export interface PicturedCard {
  fields?: Partial<Record<ReadField['field'], string>>;
  guidance?: CardGuidance;
  /** A picture of the holder in words, as `pictureOf` makes it; null where none was cut out. */
  portrait?: string | null;
}

/** A photographed card in words. */
export const pictureOfCard = (card: PicturedCard): Blob => new Blob([`card ${JSON.stringify(card)}`]);
/** A picture that is none, or one that the camera breaks over. */
export const brokenPicture = (what: 'unreadable' | 'stopped'): Blob => new Blob([what]);

const bytes = (text: string) => new Uint8Array(Buffer.from(text));

/** Reads cards in words; every crop says what it is of. */
export function fakeCardCamera(): CardCamera {
  return {
    name: 'fake-camera 1',
    models: [{ file: 'fake-reader.onnx', sha256: '1'.repeat(64) }],
    async read(image) {
      const text = Buffer.from(image).toString('utf8');
      if (text === 'stopped') return err({ code: 'camera-stopped' as const });
      if (!text.startsWith('card ')) return err({ code: 'image-unreadable' as const });
      const { fields = {}, guidance = null, portrait = null } = JSON.parse(text.slice(5)) as PicturedCard;
      const seen = Object.keys(fields).length > 0;
      return ok({
        guidance,
        fields: Object.entries(fields).map(([field, said]) => ({
          field: field as ReadField['field'],
          text: said,
          confidence: 0.9,
          support: field === 'number' ? ('check-digit' as const) : ('none' as const),
          crop: bytes(`crop of ${field}`),
        })),
        portrait: portrait === null ? null : bytes(portrait),
        upright: seen ? bytes('the card set upright') : null,
        imageSha256: createHash('sha256').update(image).digest('hex'),
      });
    },
    async close() {},
  };
}
