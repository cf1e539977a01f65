import { err } from '../lib/result.ts';
import type { DesktopAbility, DesktopPort, NotOffered } from './port.ts';

const notOffered = (ability: DesktopAbility): { ok: false; error: NotOffered } => err({ code: 'NOT_OFFERED', ability });

/**
 * The served shell's port: the station process has no window of its own, so the page does what a page can and the rest is
 * not offered. `openFolder` stays `none` although the process could start a file manager: a desk on the LAN would open it
 * on another machine's screen.
 */
export const browserDesktop: DesktopPort = {
  kind: 'browser',
  abilities: {
    pickFile: 'page',
    pickFolder: 'none',
    print: 'page',
    keepAwake: 'page',
    kiosk: 'page',
    openFolder: 'none',
  },
  pickFile: async () => notOffered('pickFile'),
  pickFolder: async () => notOffered('pickFolder'),
  print: async () => notOffered('print'),
  keepAwake: () => notOffered('keepAwake'),
  kiosk: () => notOffered('kiosk'),
  openFolder: async () => notOffered('openFolder'),
};
