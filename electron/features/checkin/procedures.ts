import { answer } from '../../contract/answer.ts';
import { actorOf, type Caller } from '../../contract/caller.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { findStaff } from '../staff/store.ts';
import { cardPictured, cropOf, forgetCardPicture } from './card-picture.ts';
import { admit, admitByHand, dismiss, setAside } from './close-attempt.ts';
import { cardPictureConfirmed } from './confirm-card-picture.ts';
import type { Attempt } from './contract.ts';
import type { CheckinDeps, CloseDeps, DoorAt } from './deps.ts';
import { attemptView, doorState, journalDoubt } from './door.ts';
import { findOpen } from './find-open.ts';
import { imageOfAttempt } from './images.ts';
import { impersonationSettled, leadCalled } from './impersonation.ts';
import { candidateRows, laneView } from './lane.ts';
import { lateLikenessCleared, lateLikenessPicture } from './late-likeness.ts';
import { lookUp, matchChosen } from './look-up.ts';
import type { OpenAttempt } from './open-attempt.ts';
import { otherDocumentShown } from './other-document.ts';
import { numberTyped, ticketPresented } from './present.ts';
import { documentCompared, facePresented } from './present-face.ts';
import { undoAdmission } from './undo-admission.ts';
import { whoseTicket } from './whose-ticket.ts';

const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());
const imageOf = (bytes: Uint8Array): Blob =>
  new Blob([new Uint8Array(bytes)], { type: bytes[0] === 0x89 ? 'image/png' : 'image/jpeg' });
const doorAt = ({ roomId, lane }: DoorAt): DoorAt => ({ roomId, lane });

export function checkinProcedures(os: Implementer, deps: CheckinDeps) {
  const on = os.checkin;
  /** The attempt after something was added to it; a doubt it shows for the first time goes on record. */
  const shown = (a: OpenAttempt, caller: Caller): Attempt => {
    const view = attemptView(deps, a);
    journalDoubt(deps, a, view, actorOf(caller));
    deps.changed();
    return view;
  };
  return {
    lane: on.lane.handler(({ input, errors }) => {
      if (!deps.book()?.room(input.roomId)) throw errors.NO_SUCH_ROOM();
      deps.bindReader(doorAt(input), input.again);
      return laneView(deps, doorAt(input));
    }),
    presentTicket: on.presentTicket.handler(async ({ input, errors, context }) => {
      const a = answer(await ticketPresented(deps, context.caller, doorAt(input), input.text), errors);
      return shown(a, context.caller);
    }),
    typeDocument: on.typeDocument.handler(async ({ input, errors, context }) => {
      const a = answer(await numberTyped(deps, context.caller, doorAt(input), input.documentNumber), errors);
      return shown(a, context.caller);
    }),
    lookUp: on.lookUp.handler(({ input, errors, context }) => {
      if (!deps.book()?.room(input.roomId)) throw errors.NO_SUCH_ROOM();
      return lookUp(deps, context.caller, doorAt(input), input.tail);
    }),
    whoseTicket: on.whoseTicket.handler(({ input, errors, context }) =>
      answer(whoseTicket(deps, context.caller, doorAt(input), input.text), errors),
    ),
    chooseMatch: on.chooseMatch.handler(async ({ input, errors, context }) => {
      const a = answer(await matchChosen(deps, context.caller, doorAt(input), input.candidateId), errors);
      await documentCompared(deps, a);
      return shown(a, context.caller);
    }),
    readCardPicture: on.readCardPicture.handler(async ({ input, errors, context }) =>
      answer(await cardPictured(deps, context.caller, doorAt(input), await bytesOf(input.picture)), errors),
    ),
    forgetCardPicture: on.forgetCardPicture.handler(({ input }) => {
      forgetCardPicture(doorState(deps.doors, doorAt(input)));
      return {};
    }),
    cardPictureCrop: on.cardPictureCrop.handler(({ input, errors }) => {
      const crop = cropOf(deps.doors, input.pictureId, input.which);
      if (!crop) throw errors.NO_SUCH_IMAGE();
      return imageOf(crop);
    }),
    confirmCardPicture: on.confirmCardPicture.handler(async ({ input, errors, context }) => {
      const { pictureId, fields } = input;
      const a = answer(await cardPictureConfirmed(deps, context.caller, doorAt(input), pictureId, fields), errors);
      await documentCompared(deps, a);
      return shown(a, context.caller);
    }),
    presentOtherDocument: on.presentOtherDocument.handler(async ({ input, errors, context }) => {
      const { type, documentNumber, name } = input;
      const document = { type, documentNumber, name, picture: await bytesOf(input.picture) };
      const a = answer(await otherDocumentShown(deps, context.caller, doorAt(input), document), errors);
      return shown(a, context.caller);
    }),
    presentFace: on.presentFace.handler(async ({ input, errors, context }) => {
      const atMs = deps.clock.monotonicMs();
      const open = answer(findOpen(deps, input.attemptId), errors);
      const jpeg = await bytesOf(input.frame);
      const shownFrame = { jpeg, camera: input.camera, atMs };
      const guidance = answer(await facePresented(deps, open, shownFrame, actorOf(context.caller)), errors);
      // The attempt may have been closed at this door while the frame was looked at.
      return { guidance, attempt: shown(answer(findOpen(deps, input.attemptId), errors), context.caller) };
    }),
    admit: on.admit.handler(async ({ input, errors, context }) =>
      answer(await admit(deps, context.caller, input.attemptId), errors),
    ),
    admitByHand: on.admitByHand.handler(async ({ input, errors, context }) =>
      answer(await admitByHand(deps, context.caller, input), errors),
    ),
    callLead: on.callLead.handler(({ input, errors, context }) =>
      answer(leadCalled(deps, context.caller, input.attemptId), errors),
    ),
    settleImpersonation: on.settleImpersonation.handler(async ({ input, errors, context }) =>
      answer(await impersonationSettled(deps, context.caller, input), errors),
    ),
    lateLikenessPicture: on.lateLikenessPicture.handler(async ({ input, errors, context }) => {
      const bytes = await lateLikenessPicture(deps, context.caller, input.suspicionId, input.which);
      if (!bytes) throw errors.NO_SUCH_IMAGE();
      return imageOf(bytes);
    }),
    clearLateLikeness: on.clearLateLikeness.handler(async ({ input, errors, context }) =>
      answer(await lateLikenessCleared(deps, context.caller, input), errors),
    ),
    undoAdmission: on.undoAdmission.handler(async ({ input, errors, context }) =>
      answer(await undoAdmission(deps, context.caller, input), errors),
    ),
    setAside: on.setAside.handler(async ({ input, errors, context }) =>
      answer(await setAside(deps, context.caller, input.attemptId, input.note), errors),
    ),
    dismiss: on.dismiss.handler(async ({ input, errors, context }) =>
      answer(await dismiss(deps, context.caller, input.attemptId), errors),
    ),
    image: on.image.handler(async ({ input, errors, context }) => {
      const open = findOpen(deps, input.attemptId);
      if (!open.ok) throw errors.NO_SUCH_IMAGE();
      const a = open.value;
      const bytes = await imageOfAttempt(deps, context.caller, a, input.which);
      if (!bytes) throw errors.NO_SUCH_IMAGE();
      return imageOf(bytes);
    }),
    list: on.list.handler(({ input }) => candidateRows(deps, input.sessionId)),
  };
}

/** Staff who may confirm as the second person: door, invigilators and leads. */
export const mayBeSecond = (db: CloseDeps['db']) => (staffId: string) =>
  findStaff(db, staffId)?.roles.some((r) => r === 'door' || r === 'invigilator' || r === 'site-lead') ?? false;

/** Who settles a possible impersonation: supervisors and the lead. */
export const maySettle = (db: CloseDeps['db']) => (staffId: string) =>
  findStaff(db, staffId)?.roles.some((r) => r === 'supervisor' || r === 'site-lead') ?? false;
