import { expect, test } from 'vitest';
import { chooseShell, type ShellFacts } from './choose-shell.ts';

const everything: ShellFacts = {
  wish: undefined,
  electron: { kind: 'present', path: '/e/electron' },
  browser: { name: 'Chromium', path: '/usr/bin/chromium', confined: false },
  hasDisplay: true,
  installBrowser: 'apt-get install chromium',
};
const noElectron: Partial<ShellFacts> = {
  electron: { kind: 'absent', why: { zh: '没有 Electron。', en: 'No Electron.' } },
};

test.each<[string, Partial<ShellFacts>, string, string]>([
  ['everything is there', {}, 'electron', 'Electron was found.'],
  ['no Electron', noElectron, 'browser', 'No Electron. Using a window of Chromium (/usr/bin/chromium).'],
  ['Electron wanted but absent', { ...noElectron, wish: 'electron' }, 'browser', 'No Electron. Using a window of'],
  ['a browser wanted', { wish: 'browser' }, 'browser', 'As --shell browser asks.'],
  ['neither', { ...noElectron, browser: null }, 'none', 'To install one: apt-get install chromium'],
  ['a browser wanted, none there', { wish: 'browser', browser: null }, 'none', 'apt-get install chromium'],
  ['no display', { hasDisplay: false }, 'none', 'no display'],
  ['no window wanted', { wish: 'none' }, 'none', 'as --shell none asks'],
])('%s', (_, change, kind, words) => {
  const choice = chooseShell({ ...everything, ...change });
  expect(choice.kind).toBe(kind);
  expect(choice.why.en).toContain(words);
  expect(choice.why.zh).toMatch(/\p{Script=Han}/u);
});
