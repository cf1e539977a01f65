import { randomBytes } from 'node:crypto';

/** The mark that the build leaves in index.html wherever a nonce belongs (`html.cspNonce` in electron.vite.config.ts). */
export const NONCE_MARK = 'CSP_NONCE';

/** 128 random bits, new for every page. */
export const newNonce = (): string => randomBytes(16).toString('base64');

/**
 * The content security policy of every page. Scripts come from the station's own files alone; WebAssembly may be compiled
 * (bar code reading), `eval` may not. Style attributes are written by the component library and can load nothing.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The page with its nonces in place. */
export const withNonce = (html: string, nonce: string): string => html.replaceAll(NONCE_MARK, () => nonce);

/**
 * What stands on every reply, of whatever kind: no type guessing, no referrer, no embedding or reading from other sites,
 * and of the browser's powers only camera and microphone.
 */
export const REPLY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(self), microphone=(self), fullscreen=(self), screen-wake-lock=(self), geolocation=(), usb=(), serial=(), hid=(), display-capture=(), payment=()',
};
