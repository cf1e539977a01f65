import type { site as zh } from '../zh-CN/site.ts';

export const site: typeof zh = {
  noTicket:
    "This browser does not hold the station's ticket. Open the Kaodian Station window, or start the station again on its computer.",
  firstStart: 'First start: set up this station',
  firstStartHelp:
    'Three things: which site, who leads it, a passphrase. The keys are made on this computer and never leave it.',
  thisSite: 'This site',
  siteName: 'Name of the site',
  siteNameHelp: 'as it is filed',
  filingNumber: 'Filing number',
  filingNumberHelp: 'given by the appraisal centre',
  stationId: 'Station id',
  stationIdHelp: 'capitals, digits, dashes, such as WX-0012-A',
  theLead: 'Site lead',
  leadName: 'Name',
  leadNameHelp: 'the lead adds everyone else in the office',
  pin: 'Six-digit PIN',
  pinHelp: 'for signing in, known to nobody else',
  pinAgain: 'PIN again',
  thePassphrase: 'Passphrase for the keys',
  passphraseWhy:
    'Sealing and signing need the keys. They lie on the disk locked by this passphrase; if it is forgotten nobody can open them, so write it down and put it in the safe.',
  passphrase: 'Passphrase',
  passphraseAgain: 'Passphrase again',
  create: 'Set up this station',
  creating: 'Making the keys…',
  problems: {
    siteName: 'Type the name of the site, at least two characters.',
    filingNumber: 'Type the filing number.',
    stationId: 'The station id takes capitals, digits and dashes, at least two.',
    leadName: "Type the lead's name.",
    pin: 'The PIN has six digits.',
    pinEasy: 'This PIN is too easy to guess: not six equal digits or six in a row.',
    pinAgain: 'The two PINs differ. Type them again.',
    passphrase: 'The passphrase needs at least 8 characters.',
    passphraseAgain: 'The two passphrases differ. Type them again.',
  },
  created: (name) => `${name} is set up`,
  createdHelp: 'Telephone the centre and read the fingerprint to them; then send them the two lines below.',
  fingerprint: 'Fingerprint of the signing key (read it out)',
  signingKey: 'Signing key',
  recipient: 'Encryption key',
  enter: 'Enter the station',
  keysLocked: 'The keys are locked',
  keysLockedHelp: 'Check-in, recording and marking go on; sealing and checkpoints wait for the lead’s passphrase.',
  unlock: 'Open the keys',
  otherWrap: 'The keys cannot be opened in this way of starting',
  otherWrapGoesOn: 'Check-in, recording and marking go on; sealing and checkpoints wait until the keys are open.',
  otherWrapHelp: {
    'os-keystore':
      'The system keystore keeps this station’s keys. Close the station and start the desktop program as the system user who set it up; nothing else opens them.',
    passphrase:
      'This station’s keys are under a passphrase, and this desktop program uses the system keystore and asks for none. Close the station, start it by npm start -- --shell browser, then type the passphrase.',
  },
};
