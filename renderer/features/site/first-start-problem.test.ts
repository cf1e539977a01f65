import { expect, test } from 'vitest';
import { type FirstStartForm, firstStartProblem } from './first-start-problem.ts';

const good: FirstStartForm = {
  siteName: '样本考核点',
  filingNumber: 'S-0001',
  stationId: 'SITE-01',
  leadName: '负责人（样本）',
  pin: '295817',
  pinAgain: '295817',
  needsPassphrase: true,
  passphrase: 'eight or more',
  passphraseAgain: 'eight or more',
};

test.each<[Partial<FirstStartForm>, ReturnType<typeof firstStartProblem>]>([
  [{}, null],
  [{ siteName: ' 样 ' }, 'siteName'],
  [{ filingNumber: ' ' }, 'filingNumber'],
  [{ stationId: 'site 1' }, 'stationId'],
  [{ leadName: '' }, 'leadName'],
  [{ pin: '12345' }, 'pin'],
  [{ pin: '111111' }, 'pinEasy'],
  [{ pin: '123456' }, 'pinEasy'],
  [{ pin: '987654' }, 'pinEasy'],
  [{ pinAgain: '295818' }, 'pinAgain'],
  [{ passphrase: 'short' }, 'passphrase'],
  [{ passphraseAgain: 'other words' }, 'passphraseAgain'],
  [{ needsPassphrase: false, passphrase: '', passphraseAgain: '' }, null],
])('%o: %s', (change, problem) => {
  expect(firstStartProblem({ ...good, ...change })).toBe(problem);
});
