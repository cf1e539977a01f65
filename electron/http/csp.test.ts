import { expect, test } from 'vitest';
import { contentSecurityPolicy, newNonce, withNonce } from './csp.ts';

test('the policy, word by word', () => {
  expect(contentSecurityPolicy('N').split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'nonce-N'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
});

test('a nonce is new each time and is a nonce by the grammar of CSP', () => {
  const nonces = Array.from({ length: 100 }, newNonce);
  expect(new Set(nonces).size).toBe(100);
  for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
});

test('every mark in the page is replaced, and a nonce with a dollar sign is taken literally', () => {
  expect(withNonce('<meta nonce="CSP_NONCE"><script nonce="CSP_NONCE"></script>', '$&a')).toBe(
    '<meta nonce="$&a"><script nonce="$&a"></script>',
  );
});
