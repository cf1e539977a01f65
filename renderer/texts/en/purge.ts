import { clockText, dateText } from '../../ui/time-text.ts';
import type { purge as zh } from '../zh-CN/purge.ts';

/** Words of taking data off this machine. */
export const purge: typeof zh = {
  here: 'The data is still on this machine.',
  title: 'Purge on this machine',
  kinds: { photographs: 'photographs', video: 'recordings' },
  from: (kind, date, days) => `${kind}: may be purged from ${date} (kept for ${days} days)`,
  ready: (kind, count, size) => `${count} ${kind}, ${size}, may be purged now`,
  nothing: (kind) => `${kind}: none on this machine`,
  done: (kind, atMs, count, byName, secondName) =>
    `${kind} purged: ${dateText(atMs)} ${clockText(atMs)}, ${count} files, ${byName} and ${secondName}`,
  twoPersons: 'Two persons confirm, and a certificate stays; without a receipt it cannot be done.',
  run: (kind) => `Purge ${kind}`,
  certificate: 'Save the certificate',
  sheet: (kind) => `Purge the ${kind} on this machine?`,
  sheetHelp: (count, size, receiptNumber) =>
    `${count} files, ${size}, are taken off this computer for good. The centre has signed (${receiptNumber}); its copy stays.`,
  own: "The lead's PIN",
  second: 'Second person',
  secondPin: (name) => `${name}, type your own PIN`,
  chooseSecond: 'A supervisor or another lead',
  cancel: 'Do not purge',
  confirm: 'Purge',
  running: 'Purging',
};
