import { safeStorage } from 'electron';
import type { KeyWrap, UnwrapError } from '../devices/keys/port.ts';
import { err, ok, type Result } from '../lib/result.ts';

/**
 * The station's keys under the OS keystore (Windows DPAPI, macOS Keychain, GNOME or KDE keyring) by Electron's safeStorage.
 *
 * On Linux without a keyring Chromium falls back to `basic_text`: a key that stands in its source code. That protects
 * nothing and is refused with a reason; the shell then asks for a passphrase instead. Call after Electron is ready.
 */
export const keystoreWrap: KeyWrap = {
  kind: 'os-keystore',
  async wrap(secret) {
    const usable = await keystoreState();
    if (!usable.ok) return usable;
    // safeStorage takes text, the keys are bytes.
    return ok(await safeStorage.encryptStringAsync(Buffer.from(secret).toString('base64')));
  },
  async unwrap(wrapped) {
    const usable = await keystoreState();
    if (!usable.ok) return usable;
    try {
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(wrapped));
      return ok(Buffer.from(result, 'base64'));
    } catch {
      // Another user's login, a copied data folder or flipped bytes: the keystore does not say which.
      return err({ code: 'damaged' });
    }
  },
};

/** Whether the keystore of this login protects anything, and if not, why: for the person who sets the station up. */
export async function keystoreState(): Promise<Result<void, UnwrapError>> {
  if (process.platform === 'linux') {
    const backend = safeStorage.getSelectedStorageBackend();
    if (backend === 'basic_text' || backend === 'unknown') {
      return unavailable(
        `no keyring in this session (backend ${backend}): start gnome-keyring or KWallet, or use a passphrase`,
      );
    }
  }
  if (await safeStorage.isAsyncEncryptionAvailable()) return ok(undefined);
  return unavailable('the keystore of this login is locked or missing');
}

const unavailable = (reason: string) => err({ code: 'keystore-unavailable' as const, reason });
