import { dateText } from '../../ui/time-text.ts';
import type { keys as zh } from '../zh-CN/keys.ts';

export const keys: typeof zh = {
  title: 'Keys',
  states: {
    fine: (dueMs) => `Good; rotate before ${dateText(dueMs)}`,
    soon: (dueMs) => `Due soon: rotate before ${dateText(dueMs)}`,
    over: (dueMs) => `Overdue since ${dateText(dueMs)}: rotate it now`,
  },
  locked: 'The keys are locked: type the passphrase above first',
  since: 'In use since',
  journalSize: 'Journal entries',
  journalSizeHelp: 'Tell the centre this number when a key is lost',
  centre: "The centre's recipient",
  next: 'Next',
  noNext: 'not announced',
  noPlan: 'shown once a plan is imported',
  changes: 'Changes',
  change: {
    rotated: (atMs, size, by, second) =>
      `${dateText(atMs)} rotated; the old key counts up to entry ${size}; ${by}, ${second}`,
    lost: (atMs, size, by, second) =>
      `${dateText(atMs)} new keys after a lost passphrase, entry ${size}; ${by}, ${second}`,
  },
  replaced: (atMs) => `${dateText(atMs)} the centre's replacement order was kept`,
  rotate: 'Rotate the key',
  rotateHelp:
    'The old key signs for the new one. Then hand the rotation files to the centre; send no bundle before they are taken up.',
  renew: 'Passphrase lost: make new keys',
  renewHelp:
    'The old keys can never be opened again, nor sign for the new ones. Sealed bundles are not affected. Then tell the centre the station card and the journal entries: it revokes the old key and signs a replacement order.',
  saveRotations: 'Save rotation files',
  takeOver: 'Take a replacement order',
  takeOverHelp: "Choose the centre's replacement.json and its .sig",
  needBoth: 'Choose two files: the order and its .sig.',
  own: "The lead's PIN",
  second: 'Second person',
  chooseSecond: 'A supervisor or another lead',
  secondPin: (name) => `PIN of ${name}`,
  passphrase: 'Passphrase of the keys',
  newPassphrase: 'New passphrase (8 characters or more)',
  cancel: 'Cancel',
  working: 'Changing…',
  stamp: {
    title: 'Time stamps by a third party',
    help: 'May be left empty. With an address, bundles are stamped by a time-stamp authority (RFC 3161); sealing and delivery never wait for it.',
    off: 'Not set',
    counts: (stamped, waiting) => `${stamped} stamped${waiting > 0 ? `, ${waiting} waiting` : ''}`,
    away: (waiting) => `The authority does not answer; tried again each minute; ${waiting} waiting`,
    address: 'Address of the authority',
    save: 'Save',
  },
};
