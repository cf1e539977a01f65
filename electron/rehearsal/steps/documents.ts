import sharp from 'sharp';
import { sampleCard } from '../../../resources/sample-day/sample-card.ts';
import type { CardField } from '../../features/checkin/contract.ts';
import type { PlannedCandidate } from '../../features/plan/plan-schema.ts';
import { admitByTwo, doorOf, expectCalled, recordedAs, showFace, showTicket } from '../arrival.ts';
import { candidateOf, type Day } from '../day.ts';
import { drawnCard } from '../drawn-card.ts';
import { codeOf, expectRefusal, expectSame } from '../expectation.ts';
import type { Found, Step } from '../step.ts';

const onRecord: Found = { zh: '重启后记录中已有', en: 'on record already after the restart' };

/** Whether the record has this candidate in already. */
async function isIn(day: Day, id: string): Promise<boolean> {
  const recorded = await recordedAs(day, id);
  if (recorded !== 'admitted' && recorded !== 'admitted-by-hand') return false;
  day.outcomes.set(id, recorded);
  return true;
}

const photoOf = (day: Day, c: PlannedCandidate): Uint8Array => day.pictures.photos.get(c.photo.sha256)!;
const blobOf = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' });

/** The fields as they stand on the card: what staff see in the crops, and confirm or correct. */
function printed(c: PlannedCandidate): Record<CardField, string> {
  const { name, sex, birth, address, number } = sampleCard(c);
  const day = `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`;
  return { name, sex: sex === '1' ? '男' : '女', nation: '汉', birth: day, address, number };
}

/** No reader at hand: the card is photographed and read, staff confirm field by field, and two persons look. */
export const cardByCamera: Step = {
  id: 'card-by-camera',
  title: {
    zh: 'C10 的证件拍照识读，逐项确认，两人核验',
    en: "C10's card is photographed, confirmed field by field; two persons",
  },
  async play(day) {
    if (await isIn(day, 'C10')) return onRecord;
    const c = candidateOf(day, 'C10');
    const { roomId } = c;
    const door = await doorOf(day);
    const picture = blobOf(await drawnCard(c, photoOf(day, c)));
    const read = await door.readCardPicture({ roomId, picture }).catch((error: unknown) => {
      if (codeOf(error) === 'CARD_CAMERA_UNAVAILABLE') return null;
      throw error;
    });
    if (read === null || read.fields.length === 0) {
      await admitByTwo(
        day,
        c,
        await door.typeDocument({ roomId, documentNumber: c.documentNumber }),
        'card-unreadable',
      );
      return {
        zh: '这台机器读不了，改为手工录入',
        en: 'this machine cannot read it; the number was typed',
        skipped: true,
      };
    }
    const { pictureId } = read;
    const words = printed(c);
    const fields = (Object.keys(words) as CardField[]).map((field) => ({
      field,
      text: words[field],
      seen: true as const,
    }));
    const wrong = fields.map((f) => (f.field === 'number' ? { ...f, text: `${f.text.slice(0, 17)}A` } : f));
    await expectRefusal(door.confirmCardPicture({ roomId, pictureId, fields: wrong }), 'NUMBER_INVALID');
    await expectRefusal(door.confirmCardPicture({ roomId, pictureId, fields: fields.slice(1) }), 'FIELDS_MISSING');
    const confirmed = await door.confirmCardPicture({ roomId, pictureId, fields });
    expectCalled(confirmed, 'card-by-camera', 'a photographed card');
    await showTicket(day, roomId, c);
    const frames = day.pictures.real ? (await day.pictures.live('C10')).frames : [];
    const seen = await showFace(day, confirmed, frames);
    await admitByTwo(day, c, seen, 'card-by-camera');
    const right = read.fields.filter(({ field, text }) => text === words[field]).length;
    const checked = read.fields.find(({ field }) => field === 'number')?.support === 'check-digit';
    return {
      zh: `读对 ${right}/6 项，号码${checked ? '校验位相符' : '没读准，人工更正'}；两人核验入场`,
      en: `${right} of 6 fields read right, the number ${checked ? 'by its check digit' : 'corrected by hand'}; two persons let in`,
    };
  },
};

/** A passport: typed with its picture; a kind that the rule pack does not name is refused by its clause. */
export const passport: Step = {
  id: 'passport',
  title: { zh: 'C12 持护照，录入证号并拍照，两人核验', en: 'C12 has a passport: typed with its picture; two persons' },
  async play(day) {
    if (await isIn(day, 'C12')) return onRecord;
    const c = candidateOf(day, 'C12');
    const { roomId, documentNumber, name } = c;
    const door = await doorOf(day);
    const picture = blobOf(await passportPage(photoOf(day, c)));
    const shown = { roomId, type: 'passport' as const, documentNumber, name, picture };
    await expectRefusal(door.presentOtherDocument({ ...shown, type: 'electronic' }), 'DOCUMENT_NOT_ACCEPTED');
    await expectRefusal(door.presentOtherDocument({ ...shown, documentNumber: 'E99999999' }), 'PERSON_UNKNOWN');
    await expectRefusal(door.presentOtherDocument({ ...shown, picture: new Blob(['x']) }), 'PICTURE_UNREADABLE');
    const a = await door.presentOtherDocument(shown);
    expectSame(a.candidateId, 'C12', 'whose passport it is');
    expectCalled(a, 'other-document', 'a passport');
    await showTicket(day, roomId, c);
    await expectRefusal(door.admit({ attemptId: a.attemptId }), 'NOT_ALLOWED');
    await admitByTwo(day, c, a, 'other-document');
    return {
      zh: '按证号找到考生，照片存证；两人核验入场',
      en: 'found by the number, the picture kept; two persons let in',
    };
  },
};

/** A page with the holder's photograph on it. */
const passportPage = async (photo: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(
    await sharp({ create: { width: 900, height: 640, channels: 3, background: '#d9dfd2' } })
      .composite([{ input: await sharp(photo).resize(260, 325, { fit: 'cover' }).toBuffer(), left: 50, top: 120 }])
      .jpeg({ quality: 90 })
      .toBuffer(),
  );
