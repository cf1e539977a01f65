import * as damage from './damage.ts';
import * as forgeries from './forgeries.ts';
import type { Mutation } from './mutation.ts';
import * as oddities from './oddities.ts';

/** Every way of spoiling a bundle, by name; each gets the same share of the mutants. */
export const families: Readonly<Record<string, Mutation>> = {
  flip: damage.flip,
  truncate: damage.truncate,
  grow: damage.grow,
  splice: damage.splice,
  reorder: damage.reorder,
  swap: damage.swap,
  rename: damage.rename,
  'change-case': damage.changeCase,
  duplicate: damage.duplicate,
  remove: damage.remove,
  respell: oddities.respell,
  add: oddities.add,
  'odd-kind': oddities.oddKind,
  replay: forgeries.replay,
  'roll-back': forgeries.rollBack,
  mix: forgeries.mix,
  'substitute-key': forgeries.substituteKey,
  'list-forgery': forgeries.listForgery,
  'encrypt-anew': forgeries.encryptAnew,
  'age-header': forgeries.ageHeader,
};
