import type { signIn as zh } from '../zh-CN/sign-in.ts';

export const signIn: typeof zh = {
  title: 'Sign in',
  locked: (name) => (name === '' ? 'Locked' : `${name} is away`),
  lockedHelp:
    'Five minutes untouched lock a desk. Recording and check-in counts go on. Someone else signs in under their own name.',
  wrongRole: 'Your role may not do this',
  wrongRoleHelp: 'Someone whose role may can sign in here, or go back and do something else.',
  name: 'Name',
  chooseName: 'Choose your name; type to search',
  noNames: 'No such name. The site lead adds people in the office.',
  pin: 'Six-digit PIN',
  signIn: 'Sign in',
  back: 'Back',
  wait: (span) => `Too many wrong PINs: again in ${span}, or someone else`,
};
