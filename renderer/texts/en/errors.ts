import type { ScanFault } from '../../../electron/features/paper/contract.ts';
import type { PackRefusal } from '../../../electron/features/rules/contract.ts';
import { sizeText } from '../../ui/size-text.ts';
import { dateText, minuteText } from '../../ui/time-text.ts';
import type { ErrorSentences } from '../error-sentence.ts';
import { cameraTroubles } from './camera-troubles.ts';

/** Why a file was not taken as a scan. */
const scanFaults: Record<ScanFault, string> = {
  empty: 'The file is empty. Scan it again.',
  'too-large': 'The file is over 32 MB. Scan at 300 dpi or less, or in several parts.',
  'not-a-scan': 'This is no PDF, JPEG, PNG or TIFF, or not a proper one. Scan it again.',
  'cut-off': 'The file is not whole. Copy it from the scanner once more.',
  'too-many-pages': 'It has more than 500 pages. Scan it in several parts.',
  'picture-too-large': 'The picture is too large. Scan at 300 dpi or less.',
  encrypted: 'This PDF needs a password and can not be archived. Take the password away.',
  'active-content': 'This PDF carries scripts, files or actions and can not be archived. Scan it as a plain PDF.',
};

/** Why a folder takes no bundle, and what to do. */
const folderFaults: Record<string, string> = {
  'not-absolute': 'Write the whole path, such as /media/NAME or E:\\.',
  'not-a-folder': 'There is no such folder, or the disk does not answer. Connect it and look again.',
  'not-writable': 'This disk may not be written to. See its switch, or take another.',
  'disk-full': 'The disk is full. Make room and go on, or take another disk.',
  'disk-lost': 'The disk was disconnected. Connect the same disk and press again; writing goes on from there.',
  'inside-the-bundle': 'Not into the bundle itself. Take another folder.',
};

export const errors: ErrorSentences = {
  signedOut: 'Nobody is signed in. Sign in first.',
  wrongRole: 'Your role may not do this. Someone whose role may must sign in.',
  outcomeUnknown:
    'The reply did not arrive; it may or may not be saved. Do not press again: the record is being read back.',

  ALREADY_CREATED: () => 'This station is set up already. Sign in.',
  PASSPHRASE_NEEDED: () => 'This computer keeps the keys under a passphrase. Choose one of at least 8 characters.',
  WRONG_PASSPHRASE: () => 'Wrong passphrase. Mind upper and lower case and type it again.',
  OTHER_WRAP: ({ wrappedBy }) =>
    wrappedBy === 'os-keystore'
      ? 'The keys are kept by the system keystore and cannot be opened here. Close the station and start the desktop program as the system user who set it up.'
      : 'The keys are under a passphrase, which this desktop program does not ask for. Close the station, start it by npm start -- --shell browser, then type the passphrase.',
  WRONG_PIN: ({ failures }) => `Wrong PIN (${failures} so far). Type it again.`,
  SAME_PIN: () => 'The new PIN is the old one. Choose another.',
  PIN_LOCKED: ({ retryAtMs }) =>
    `Too many wrong PINs: next try at ${minuteText(retryAtMs)}. Wait, or let someone else do it.`,
  ROLES_CLASH: () => 'One person may not hold these roles together. Take one away.',
  UNKNOWN_EXAMINER: () => 'The plan has no such examiner. Choose one of the plan.',
  EXAMINER_TAKEN: () => 'This examiner is registered already, under another name.',
  NAME_TAKEN: () => 'Someone has this name already. Add a department or number to tell them apart.',
  CHECK_EXPIRED: () => 'The check is too old. Check the file again.',
  PLAN_IN_USE: () =>
    'The present plan is in use (a session was opened or somebody came), or the new one repeats ids that were used. Seal first, then bring a plan with ids of its own.',
  OTHER_SITE: ({ planSite }) => `This plan is for "${planSite}", not for this site. Take the plan of this site.`,
  ADDRESS_UNUSABLE: ({ reason }) =>
    reason === 'not-https'
      ? "The centre's address has to begin with https. Check it with the centre."
      : 'This is no web address. Copy the one the centre gave, for instance https://jianding.example.cn.',
  NO_RECEIPT: () => 'The centre has not acknowledged this bundle yet.',
  PURGE_NO_RECEIPT: () => 'The centre has not signed yet; nothing can be purged.',
  PURGE_TOO_EARLY: ({ fromMs }) => `Too early. It may be purged from ${dateText(fromMs)}.`,
  PURGE_NOTHING_LEFT: () => 'These were purged already; none is left on this machine.',
  TSA_ADDRESS_UNUSABLE: () => 'The address begins with http:// or https://.',
  KEYS_OPEN: () => 'The keys are open: rotate them instead.',
  REPLACEMENT_MALFORMED: () => 'This is no replacement order, or its signature fails. Copy both files again.',
  REPLACEMENT_OTHER_KEY: () => 'It is not signed by the centre of this plan.',
  REPLACEMENT_OTHER_STATION: () => 'The order is for another station, or for another key.',
  NO_SUCH_PURGE: () => 'There is no such certificate.',
  RECEIPT_MALFORMED: () => "This is no receipt. Choose the centre's receipt.json and receipt.json.sig.",
  RECEIPT_NOT_SIGNED: () =>
    'Receipt and signature do not belong together; it may have been changed. Ask the centre for another.',
  RECEIPT_OTHER_KEY: () => 'This receipt is not signed by the centre of this plan. Ask the centre.',
  RECEIPT_KEY_REVOKED: () => 'The key that signed this receipt was withdrawn. Ask the centre for another.',
  RECEIPT_OTHER_BUNDLE: () => 'This receipt is for another bundle. Compare the seal codes.',
  COUNT_CHANGED: () =>
    'Somebody has typed this round meanwhile, or its lines have changed. Look at the form and type again.',
  COUNT_INCOMPLETE: ({ lines }) => `${lines.length} lines are empty. Where there is nothing, type 0.`,
  OTHER_PERSON_NEEDED: ({ byName }) =>
    `${byName} has typed the first entry. The second is counted and typed by another person.`,
  MAY_NOT_COUNT: () =>
    'This person handles no paper. Ask door staff, an invigilator, the score keeper or the site lead.',
  SCAN_REFUSED: ({ fault }) => scanFaults[fault],
  SCAN_THERE_ALREADY: ({ title }) => `This sheet is there already, titled “${title}”.`,
  TOO_MANY_SCANS: ({ most }) => `A session has at most ${most} scans. Put loose pages together in one PDF.`,
  NO_SUCH_SCAN: () => 'This scan is not there any more; it may just have been taken out.',
  NO_SUPERVISION_KEY: ({ centre }) =>
    `The card of ${centre} names no key for supervision, so nothing can be sealed apart. Write the record on paper, seal the envelope and send it by itself.`,
  CERTIFICATE_FILE_UNREADABLE: ({ problems: [first] }) =>
    first
      ? `The table can not be read: row ${first.row}, ${first.text.en}. Mend it and choose it again.`
      : 'The table can not be read. Use the template.',
  DECLARATIONS_NOT_SIGNED: () => 'The reasons for what is missing are not signed yet. Sign for them first.',
  SELF_TEST_RUNNING: () => 'The self-test is running. Wait for it, or stop it first.',
  NO_SUCH_IMAGE: () => 'There is no such picture.',
  NO_SUCH_SESSION: () => 'There is no such session. See the plan.',
  WRONG_STATE: ({ state }) => `The session is "${state}": this cannot be done now.`,
  NOT_READY: () => 'The readiness check has items in red. Mend them first.',
  TOO_EARLY: ({ endsAtMs }) =>
    `It is too early; nothing was done. After ${minuteText(endsAtMs)} at the latest it can be.`,
  NO_SUCH_ROOM: () => 'The plan has no such room. Choose one on the first page.',
  NOT_A_TICKET: () => 'That is not a ticket code. Scan the ticket, or press F2 and type the number.',
  TICKET_NOT_GENUINE: ({ reason }) =>
    reason === 'malformed'
      ? 'The code is incomplete. Flatten the ticket and scan again, or press F2 and type the number.'
      : reason === 'unknown-key'
        ? "This ticket was not issued by this plan's centre. Call the lead, or press F2 and check the list."
        : 'The signature of this ticket is wrong: it was changed or forged. Call the lead.',
  TICKET_REVOKED: () => 'The centre has withdrawn the key that signed this ticket. Press F2 and check the list.',
  TICKET_OTHER_SITE: () => 'This ticket is for another site. See the place printed on it.',
  TICKET_OTHER_SESSION: ({ sessions: [first] }) =>
    first
      ? `This ticket is for "${first.label}", ${dateText(first.startsAtMs)} ${minuteText(first.startsAtMs)}, not for this session.`
      : 'This ticket is not for this session. See the time printed on it.',
  TICKET_UNKNOWN: () => 'No such ticket number on the list. Check it, or press F2 and type the document number.',
  NUMBER_INVALID: () => 'The number is wrong: its length or check digit. Read it off the document again.',
  PERSON_UNKNOWN: () => 'This person is not on the list. Check the document, then see the site lead.',
  ATTEMPT_CLOSED: () => "This candidate's record is closed; the screen shows it as it stands.",
  NO_SUCH_SUSPICION: () => 'Somebody has dealt with this suspicion already.',
  NO_SUCH_ATTEMPT: () => 'There is no such record. Place the card again.',
  FRAME_UNREADABLE: () => 'The camera picture cannot be read. See to the camera, or check by hand.',
  ENGINE_UNAVAILABLE: () => 'This computer cannot compare faces now. Check by hand; admission goes on.',
  PICTURE_UNREADABLE: () => 'This picture cannot be read. Take another.',
  CARD_CAMERA_UNAVAILABLE: () => 'This machine cannot read cards by camera. Press F2 and type the number.',
  NO_SUCH_PICTURE: () => 'This picture is gone. Take the card again.',
  FIELDS_MISSING: ({ fields }) => `${fields.length} fields have not been looked at. Compare each, then confirm.`,
  DOCUMENT_NOT_ACCEPTED: () =>
    'The rules do not take this kind of document. Ask for the one in the plan, or for the lead.',
  NOT_ADMITTED: () => 'This person has no admission on record: there is nothing to take back.',
  NOT_THE_LEAD: () => 'Only the site lead may take this back. Ask the lead for the PIN.',
  NOT_ALLOWED: () => 'The rules do not allow admission now. See the reason on the screen.',
  NO_SUCH_LOOK_UP: () => 'This look-up is gone, or somebody else gave its reason. Please give the reason again.',
  NO_VIDEO: () => 'There is no video after this moment.',
  CLIP_TOO_LONG: ({ mostMs }) => `A clip is ${mostMs / 60_000} minutes at most. Please cut it in parts.`,
  MIXED_FORMATS: () => 'The camera changed its format within this stretch. Please cut it in two.',
  NO_SUCH_PIECE: () => 'There is no such clip.',
  CAMERA_TROUBLE: ({ trouble }) => cameraTroubles[trouble],
  NOT_SHORT: () =>
    'The video of this candidate is not short, or that was accepted already. Please look at the record as it is now.',
  SAME_PERSON: () => 'The second person must be someone else. Another member of staff types their PIN.',
  ALREADY_ADMITTED: () => 'This candidate has been admitted; what was signed stays as it is.',
  NO_SIGNATURE: () => 'No signature was seen. The candidate writes the full name on the pad.',
  TEXT_CHANGED: () => 'The pledge has a new wording. Let the candidate read it, then sign.',
  NOT_INSIDE: () => 'This candidate is not in the room now. See the list.',
  NOT_OUT: () => 'This candidate is in the room; there is no leaving to take back.',
  EARLY_LEAVE: () => 'It is too early to leave. Read the clause; if it must be, write down why.',
  NO_SUCH_RECHECK: () => 'There is no such re-check, or it is not due yet.',
  NOBODY_INSIDE: () => 'Nobody is in a room now: there is nothing to inspect.',
  NO_INSPECTOR: () => 'No supervisor is free: one signs in, or records the inspection they have first.',
  NO_SUCH_INSPECTION: () => 'There is no such inspection. Reload and look again.',
  ALREADY_RECORDED: () => 'This inspection is on record already and cannot be changed.',
  NOT_AS_DRAWN: () => 'Every candidate drawn is recorded, and nobody else.',
  WORDS_NEEDED: () => 'Say what the finding is.',
  NOT_RECORDED: () => 'The supervisor has not put a result on record yet: it cannot be signed.',
  RECHECK_DONE: () => 'This re-check is done; the screen shows the record as it stands.',
  BY_EYE_ONLY: () => 'Two members of staff look at this one; no more faces are taken.',
  NOTE_NEEDED: () => 'Where there is a doubt, write down what you saw.',
  MARKING_BEGUN: ({ locked }) =>
    locked
      ? 'Marks of this candidate are locked: the admission can no longer be taken back. Treat it as an irregularity.'
      : 'This candidate has draft marks. If the admission is to be taken back all the same, the lead confirms once more.',
  NO_SUCH_CAMERA: () => 'The plan has no such camera.',
  NO_SUCH_RECORDING: () => 'There is no such recording. Start again.',
  TAKEN_OVER: () => 'Another computer has taken this camera over; this one has stopped.',
  SESSION_SEALED: () => 'This session is sealed and cannot be changed.',
  SESSION_NOT_OPEN: () => 'The session is not open, so nothing can be recorded. The site lead opens it first.',
  FRAGMENT_TOO_LARGE: () =>
    'This piece of video is too large and was not stored. Lower the resolution and start again.',
  NOT_A_FRAGMENT: () => 'This piece is not whole video and was not stored. Recording goes on with the next.',
  NO_OPEN_SEGMENT: () => 'What came before this piece is closed already. A new segment begins with it.',
  BAD_INTERVAL: () => "This piece's times are wrong and it was not stored. See this computer's clock.",
  SEQUENCE_REUSED: () => 'This number already holds other video, which was kept. Start recording again.',
  DISK_FULL: () => 'The disk is full. Make room or attach the spare disk, then try again.',
  NOT_ON_PANEL: () =>
    'You are not on the panel of this room. After a change of plan the lead has to register you anew.',
  LOCKED: () => 'Your marks are locked and cannot be changed.',
  NO_SUCH_CELL: () => 'The sheet has no such cell.',
  OVER_MAXIMUM: ({ maxTenths }) => `At most ${maxTenths / 10} for this item.`,
  OFF_STEP: ({ stepTenths }) => `This item is marked in steps of ${stepTenths / 10}; the mark was not taken.`,
  CHANGED_ELSEWHERE: ({ desk }) =>
    `This cell was changed on another screen${desk === '' ? '' : ` (${desk})`} and was not written over. Look at it, then change it.`,
  NOT_THE_PANEL_LEAD: () => 'Only the lead examiner decides and corrects. Ask the lead.',
  NOT_ALL_SIGNED: ({ missing }) => `${missing} examiners have not signed yet; nothing is decided or corrected before.`,
  NO_SUCH_CANDIDATE: () => 'There is no such sheet; the screen shows the record as it is now.',
  DECISION_OPEN: () => 'Something about this sheet still waits for the re-checker. Finish that first.',
  NOT_THESE_ITEMS: () => 'Other items are to be decided now; the screen shows them. Look again.',
  NOTHING_CHANGES: () => 'This is what stands already: nothing to change.',
  NO_SUCH_DECISION: () => 'There is no such decision. Read again.',
  ALREADY_CHECKED: () => 'Somebody has checked this already; the screen shows the record as it is now.',
  NOT_THE_RECHECKER: () =>
    'You cannot check this: marks are checked by another examiner of the panel, irregularities by a supervisor.',
  NOT_DECLARED: () => 'Declare first that you are neither site staff nor a trainer.',
  KEEPER_NOT_INDEPENDENT: ({ posts }) =>
    `By the dossiers you hold a training post (${posts.join(', ')}) and cannot keep the scores. Somebody else must.`,
  NOT_A_THEORY_SESSION: () => 'This is no theory session: a panel marks it.',
  ALREADY_ACCEPTED: () => 'The theory marks of this session are on record. A wrong one is corrected by a new entry.',
  TWO_HAVE_TYPED: () => 'Two persons are typing already; no third one is needed.',
  TYPING_FINISHED: () => 'You have handed in what you typed; it can no longer be changed.',
  NO_DIFFERENCE: () => 'Nothing differs here, or it is settled; the screen shows the record as it is now.',
  NOT_THE_TYPISTS: () => 'The two who typed settle it together: one signed in, the other by PIN.',
  NOT_AGREED: () => 'What both typed still differs. Settle that first.',
  NOT_OPENED: () => 'This session has not been opened: there is nothing to decide.',
  EVIDENCE_TOO_LARGE: ({ maxMib }) =>
    `The evidence is too large, ${maxMib} MB in all. Compress it or send it in parts.`,
  INCOMPLETE: ({ missing }) => `${missing} cells have no mark yet. Mark them, then lock.`,
  SOMEBODY_WAITS: ({ waiting }) =>
    `${waiting} of this room are set aside or at the door and may still come in. Lock when that is settled, or when the session has ended.`,
  NOT_REVEALED: ({ waitingFor }) => `${waitingFor} examiners have not locked yet. After that you can see and sign.`,
  ALREADY_SIGNED: () => 'You have signed already.',
  CHECK_CODE_DIFFERS: () => 'The totals on the screen were old. They have been read again: check them, then sign.',
  NO_SUCH_ITEM: () => 'This item is no longer missing.',
  UNDECLARED: ({ missing }) => `${missing.length} missing items have no reason yet. Write them, then seal.`,
  NOT_SIGNED_OFF: () => 'The site lead has not signed yet. Sign, then seal.',
  SEALING_UNDERWAY: () => 'The station is sealing; it seals one session at a time. Wait until that is done.',
  STATE_CHANGED: () => 'Something changed while you signed: it was not taken. Look again, then sign.',
  REMARK_NEEDED: () => 'Not saved: say why (at least 4 characters) where somebody is unfit or one mark is poor.',
  NO_SUCH_FORM: () => 'There is no such form, or it is not yours. Reload and look again.',
  FORBIDDEN_WORD: ({ found }) =>
    `Not printed: ${found.map((f) => `“${f.word}” in “${f.text}”`).join('; ')}. A body without public office may not use it (Yunnan notice no. 50 of 2022, art. 12); change the name in the plan.`,
  KEYS_LOCKED: () => "The station's keys are locked. The site lead opens them with the passphrase.",
  EVIDENCE_DAMAGED: ({ files }) =>
    `${files.length} files differ from the record; nothing was sealed. Call the centre first.`,
  NO_SUCH_DOSSIER: () => 'There is no such dossier. Reload the list and choose again.',
  CHANGED_MEANWHILE: () => 'Somebody changed this dossier just now; nothing was saved. Open it again and look first.',
  NOTHING_CHANGED: () => 'It is as it was; there is nothing to save.',
  CARD_TAKEN: () => 'Another dossier has this card or document number. Look at that one first.',
  DAYS_REVERSED: () => 'The last day is before the first. Check the days and save again.',
  EXCLUDED_FOR_LIFE: () => 'This person is on file as excluded for life, which is not lifted.',
  RULE_PACK_REFUSED: ({ reason, detail }) => packRefusals[reason](detail),
  NO_SUCH_CLAUSE: () => 'The rule pack has no such clause. Reload and look again.',
  NOT_A_PARAMETER: () =>
    'This clause is no parameter and is not changed here; the centre issues another pack for that.',
  VALUE_OUT_OF_BOUNDS: () => 'This value is out of bounds; nothing was changed.',
  VALUE_CHANGED_MEANWHILE: () => 'The value was changed just now; look at the new one first.',
  SAME_VALUE: () => 'It is the same value as now.',
  NOT_A_SECOND: () => 'The second person is a supervisor or another lead.',
  NO_SUCH_BUNDLE: () => 'There is no such bundle.',
  FOLDER_UNUSABLE: ({ reason }) => folderFaults[reason] ?? 'This folder cannot be used. Take another disk or folder.',
  NO_SUCH_EXPORT: () => 'There is no such export, or it is complete. The page shows the record as it is now.',
  NOT_ENOUGH_ROOM: ({ neededBytes, freeBytes }) =>
    `Not enough room on the disk: ${sizeText(neededBytes)} needed, ${sizeText(freeBytes)} free. Make room, take a larger disk, or use several.`,
  STOPPED: () => 'Stopped. What was written is still on the disk; writing again goes on from there.',
  BUNDLE_DAMAGED: ({ files }) =>
    `${files.length} files of this machine's own copy differ from their list; nothing was handed on. Use the copy on another disk, or see the verify report for which.`,
  ALREADY_THERE: () => 'A bundle of this name is there already. Take another folder.',
  READ_BACK_DIFFERS: ({ files }) => `${files.length} files read back differently. Export to another disk.`,
  ALREADY_RUNNING: () => 'A rehearsal is running.',
  NOT_A_REHEARSAL: () => 'Only a rehearsal may move the clock.',
  BAD_ADDRESS: () => 'This address cannot be used. Mind its form and type it again.',
  BEYOND_THIS_MACHINE: () => 'This card service is on another computer. Tick the box that allows it, if it is meant.',
  ADDRESS_TAKEN: ({ label }) => `“${label}” has this address already. A reader stands on the list once.`,
  TOO_MANY_READERS: ({ most }) => `At most ${most} readers. Remove one that is not used.`,
  NO_SUCH_READER: () => 'There is no such reader; it may just have been removed.',
  NO_CARD_LAID: () => 'No card was read within half a minute. Lay a card and try again.',
  COMMAND_UNUSABLE: ({ reason }) =>
    reason === 'unclosed-quote'
      ? 'A double quote is not closed.'
      : 'Name the program by its whole path, such as /opt/wlt/wlt2bmp.',
  ONLY_AT_THE_STATION: () => 'This can only be changed at the station itself.',
  UNENCRYPTED_ADDRESS: () =>
    'This address is not encrypted: pictures could be seen on the way. Use one with wss:// or https://.',
  NO_SUCH_REQUEST: () => 'There is no such request.',
  REQUEST_ANSWERED: () => 'This request has been answered already, or the centre took it back.',
  TEXT_NEEDED: () => 'Write the answer first.',
  SESSION_OVER: () => 'This room has no session now; it cannot be shown to the centre.',
  NOTHING_TAKEN: () => 'The still has not been taken yet. Wait a moment, or do not send it.',
  VIEW_OVER: () => 'The centre looks no longer.',
  NOT_A_PICTURE: () => 'What was taken is no usable picture. Take it again.',
  SIGNAL_FAILED: ({ reason }) =>
    `The live picture did not get through (${reason}); it is tried again. Recording goes on.`,
  NO_SUCH_PLACE: () => 'There is no such seat, or it is taken. Look at the assignment as it is now.',
  PANEL_CHANGED: ({ byName, examiners }) =>
    `${byName === '' ? 'Another desk' : byName} has just changed this panel; it is now: ${examiners.join(', ') || 'empty'}. Look, then assign.`,
  UNLAWFUL: ({ findings }) =>
    `The rules forbid it, for ${findings.length} reason(s). Read them, and choose somebody else.`,
  REASON_NEEDED: ({ findings, passedOver }) =>
    passedOver === null
      ? `There are ${findings.length} warning(s): give a reason.`
      : `${passedOver} comes first in the order of the draw: say why they are passed over.`,
  SEATS_OPEN: ({ roomName, seat }) => `Seat ${seat} of ${roomName} is still open. Fill every seat, then submit.`,
  NO_SUCH_DRAW: () => 'There is no such draw, or the plan has been replaced.',
  DRAW_ELSEWHERE: () => 'This draw has gone on meanwhile; the screen shows where it stands.',
  DRAW_UNDERWAY: () => 'A draw of this session is not finished. Go on with it, or cancel it.',
  NOTHING_TO_DRAW: () => 'The sessions chosen have no panels to draw.',
  ALREADY_SEALED: () => 'This party has sealed its share already; it cannot be changed.',
  SUPERVISOR_NEEDED: () => 'The supervisor types their own PIN.',
  SHARE_DIFFERS: () => 'What was opened is not what was sealed. Check it, then open again.',
  FILE_TOO_LARGE: ({ maxBytes }) => `The file is too large; at most ${Math.floor(maxBytes / 1024 / 1024)} MB.`,
  BACKWARDS: () => 'The clock moves forward only.',
};

const packRefusals: Record<PackRefusal, (detail: string) => string> = {
  'too-large': () => 'The file is too large to be a rule pack; not installed.',
  'not-signed': () => 'The signature file is none, or incomplete. Choose the pack and its .sig; not installed.',
  'bad-signature': () => 'Signature and file do not belong together: it was altered. Not installed; tell the centre.',
  'no-centre': () => 'Without a plan it is not known which centre to believe. Read in the plan first.',
  'unknown-key': (key) => `Signed by a key that is not this centre's (${key}); not installed.`,
  'withdrawn-key': (key) => `Signed by a key the centre has withdrawn (${key}); not installed.`,
  malformed: (places) => `Rightly signed, but not of the right form (${places}). Ask the centre for another.`,
  unusable: (what) => `With it the rules would not be whole (${what}); not installed, tell the centre.`,
  'not-yet-in-force': (day) => `This pack is in force from ${day}. Install it then.`,
  'no-longer-in-force': (day) => `This pack was in force until ${day}; not installed.`,
  'older-version': (version) => `The station has version ${version}, which is newer.`,
  'version-taken': (version) =>
    `Version ${version} is installed already, with other contents. Ask the centre which is right.`,
  'already-installed': (version) => `This very version ${version} is installed already.`,
};
