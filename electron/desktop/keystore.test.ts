import { beforeEach, expect, test, vi } from 'vitest';
import { electronStandIn } from '../../test/desktop/electron-stand-in.ts';

let electron = electronStandIn();
beforeEach(() => {
  vi.resetModules();
  electron = electronStandIn();
  vi.doMock('electron', () => electron.module);
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
});
const load = async () => (await import('./keystore.ts')).keystoreWrap;

const secret = Uint8Array.from({ length: 256 }, (_, n) => n);

test('every byte value comes back', async () => {
  const keystore = await load();
  const wrapped = await keystore.wrap(secret, null);
  if (!wrapped.ok) throw new Error('refused');
  expect(Buffer.from(wrapped.value).includes(Buffer.from(secret))).toBe(false);
  expect(await keystore.unwrap(wrapped.value, null)).toEqual({ ok: true, value: Buffer.from(secret) });
});

test('bytes of another login are damaged, not a crash', async () => {
  expect(await (await load()).unwrap(Buffer.from('of another login'), null)).toEqual({
    ok: false,
    error: { code: 'damaged' },
  });
});

test.each(['basic_text', 'unknown'])('the backend %s protects nothing and is refused, both ways', async (backend) => {
  electron.module.safeStorage.getSelectedStorageBackend.mockReturnValue(backend);
  const keystore = await load();
  for (const refused of [await keystore.wrap(secret, null), await keystore.unwrap(secret, null)]) {
    expect(refused).toMatchObject({ ok: false, error: { code: 'keystore-unavailable' } });
    expect(refused.ok || ('reason' in refused.error && refused.error.reason)).toContain(backend);
  }
  expect(electron.module.safeStorage.encryptStringAsync).not.toHaveBeenCalled();
});

test('a locked keystore is refused', async () => {
  electron.module.safeStorage.isAsyncEncryptionAvailable.mockResolvedValue(false);
  expect(await (await load()).wrap(secret, null)).toMatchObject({ ok: false, error: { code: 'keystore-unavailable' } });
});
