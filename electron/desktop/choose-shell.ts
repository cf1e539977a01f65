import type { FoundBrowser } from './find-browser.ts';
import type { ShellWish } from './shell-flags.ts';

/** What was found on this machine before a window is opened. */
export interface ShellFacts {
  wish: ShellWish | undefined;
  /** Absolute path of Electron's program, or why there is none. */
  electron: { kind: 'present'; path: string } | { kind: 'absent'; why: Sentence };
  browser: FoundBrowser | null;
  /** False on Linux without DISPLAY or WAYLAND_DISPLAY. */
  hasDisplay: boolean;
  /** The command that installs a browser here. */
  installBrowser: string;
}

export interface Sentence {
  zh: string;
  en: string;
}

export type ShellChoice =
  | { kind: 'electron'; path: string; why: Sentence }
  | { kind: 'browser'; browser: FoundBrowser; why: Sentence }
  | { kind: 'none'; why: Sentence };

/** Which shell opens, and the reason to be shown to the person. Electron first, then a browser's window, then the address. */
export function chooseShell(facts: ShellFacts): ShellChoice {
  const { wish, electron, browser } = facts;
  if (wish === 'none') {
    return none('按 --shell none，不开窗口。', 'No window, as --shell none asks.');
  }
  if (!facts.hasDisplay) {
    return none(
      '这台机器没有图形界面（DISPLAY、WAYLAND_DISPLAY 都没有设置）。',
      'This machine has no display (neither DISPLAY nor WAYLAND_DISPLAY is set).',
    );
  }
  if (wish !== 'browser' && electron.kind === 'present') {
    return { kind: 'electron', path: electron.path, why: { zh: '找到 Electron。', en: 'Electron was found.' } };
  }
  const noElectron: Sentence =
    wish === 'browser' || electron.kind === 'present'
      ? { zh: '按 --shell browser。', en: 'As --shell browser asks.' }
      : electron.why;
  if (browser !== null) {
    return {
      kind: 'browser',
      browser,
      why: {
        zh: `${noElectron.zh}用 ${browser.name}（${browser.path}）的窗口。`,
        en: `${noElectron.en} Using a window of ${browser.name} (${browser.path}).`,
      },
    };
  }
  return none(
    `${noElectron.zh}也没有找到 Chrome、Edge 或 Chromium。可以这样安装：${facts.installBrowser}`,
    `${noElectron.en} No Chrome, Edge or Chromium was found either. To install one: ${facts.installBrowser}`,
  );
}

const none = (zh: string, en: string): ShellChoice => ({ kind: 'none', why: { zh, en } });
