/** What stands in the form of the first start. */
export interface FirstStartForm {
  siteName: string;
  filingNumber: string;
  stationId: string;
  leadName: string;
  pin: string;
  pinAgain: string;
  needsPassphrase: boolean;
  passphrase: string;
  passphraseAgain: string;
}

export type FirstStartProblem =
  | 'siteName'
  | 'filingNumber'
  | 'stationId'
  | 'leadName'
  | 'pin'
  | 'pinEasy'
  | 'pinAgain'
  | 'passphrase'
  | 'passphraseAgain';

/** The first thing to mend, in the order of the form; null when it can be sent. The station checks all of it again. */
export function firstStartProblem(form: FirstStartForm): FirstStartProblem | null {
  if (form.siteName.trim().length < 2) return 'siteName';
  if (form.filingNumber.trim() === '') return 'filingNumber';
  if (!/^[A-Z0-9][A-Z0-9-]{1,29}$/.test(form.stationId)) return 'stationId';
  if (form.leadName.trim() === '') return 'leadName';
  if (!/^\d{6}$/.test(form.pin)) return 'pin';
  if (isEasy(form.pin)) return 'pinEasy';
  if (form.pinAgain !== form.pin) return 'pinAgain';
  if (!form.needsPassphrase) return null;
  if (form.passphrase.length < 8) return 'passphrase';
  return form.passphraseAgain === form.passphrase ? null : 'passphraseAgain';
}

/** One digit six times, or six digits in a row up or down: the first that anyone tries. */
function isEasy(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, i) => Number(digit) - Number(pin[i]));
  return steps.every((step) => step === steps[0]) && Math.abs(steps[0] ?? 9) <= 1;
}
