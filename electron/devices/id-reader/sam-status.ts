/**
 * What the driver does about an SW3. `retry` starts over from find; `suspect` leaves the decision to an operator;
 * `replace` asks for the card to be placed again; `no-card` also means "read already and not lifted".
 */
export type StatusAction =
  | 'ok'
  | 'found'
  | 'empty'
  | 'resend'
  | 'unsupported'
  | 'replace'
  | 'suspect'
  | 'retry'
  | 'out-of-service'
  | 'no-card';

export const STATUS = {
  ok: 0x90,
  found: 0x9f,
  empty: 0x91,
  checksumWrong: 0x10,
  lengthWrong: 0x11,
  badCommand: 0x21,
  notAllowed: 0x23,
  unknownError: 0x24,
  cardRejectsSam: 0x31,
  samRejectsCard: 0x32,
  informationCheckFailed: 0x33,
  unknownCardType: 0x40,
  readFailed: 0x41,
  randomFailed: 0x47,
  selfTestFailed: 0x60,
  notAuthorised: 0x66,
  noCard: 0x80,
  selectFailed: 0x81,
} as const;

const ACTIONS: ReadonlyMap<number, StatusAction> = new Map([
  [STATUS.ok, 'ok'],
  [STATUS.found, 'found'],
  [STATUS.empty, 'empty'],
  [STATUS.checksumWrong, 'resend'],
  [STATUS.lengthWrong, 'resend'],
  [STATUS.badCommand, 'unsupported'],
  [STATUS.notAllowed, 'replace'],
  [STATUS.unknownError, 'replace'],
  [STATUS.cardRejectsSam, 'suspect'],
  [STATUS.samRejectsCard, 'suspect'],
  [STATUS.informationCheckFailed, 'suspect'],
  [STATUS.unknownCardType, 'suspect'],
  [STATUS.readFailed, 'replace'],
  [STATUS.randomFailed, 'retry'],
  [STATUS.selfTestFailed, 'out-of-service'],
  [STATUS.notAuthorised, 'out-of-service'],
  [STATUS.noCard, 'no-card'],
  [STATUS.selectFailed, 'retry'],
]);

/** A code outside the table asks for the card again: the safest thing that still moves the queue. */
export const actionFor = (status: number): StatusAction => ACTIONS.get(status) ?? 'replace';
