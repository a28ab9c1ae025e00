import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { needsReady } from './state.ts';
import { misuse, strict } from './strict.ts';

/** As Chromium marks what was sealed by a password store, and what was by a known password. */
const SEALED = 'v11';
const KNOWN = 'v10';
const BACKENDS = ['basic_text', 'gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'];
const CIPHER = 'aes-256-gcm';
const [IV, TAG] = [12, 16];

/** What a test says of the desktop: its password store, and who is signed in. */
function desktop() {
  const [backend = 'gnome_libsecret', person = 'one'] = (
    process.env.TWOLINE_DOUBLE_KEYRING ?? ''
  ).split(',', 2);
  if (backend !== '' && backend !== 'locked' && !BACKENDS.includes(backend)) {
    misuse(`there is no password store ${backend}`);
  }
  const name = backend === '' ? 'gnome_libsecret' : backend;
  return { backend: name, secret: createHash('sha256').update(`${name} ${person}`).digest() };
}

function available(): boolean {
  return desktop().backend !== 'locked';
}

/** Electron's `safeStorage`, sealing really, by a secret that stands for the desktop's. */
export const safeStorage = strict('safeStorage', {
  getSelectedStorageBackend(): string {
    needsReady('safeStorage.getSelectedStorageBackend');
    const { backend } = desktop();
    return backend === 'locked' ? 'gnome_libsecret' : backend;
  },

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    needsReady('safeStorage.isAsyncEncryptionAvailable');
    return available();
  },

  async encryptStringAsync(text: string): Promise<Buffer> {
    needsReady('safeStorage.encryptStringAsync');
    if (typeof text !== 'string') misuse('only texts are sealed');
    if (!available()) misuse('something was sealed though the key store does not answer');
    const { backend, secret } = desktop();
    const iv = randomBytes(IV);
    const cipher = createCipheriv(CIPHER, secret, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const prefix = Buffer.from(backend === 'basic_text' ? KNOWN : SEALED);
    return Buffer.concat([prefix, iv, cipher.getAuthTag(), sealed]);
  },

  async decryptStringAsync(sealed: Buffer) {
    needsReady('safeStorage.decryptStringAsync');
    if (!Buffer.isBuffer(sealed)) misuse('only bytes are unsealed');
    const bytes = sealed.subarray(SEALED.length);
    const decipher = createDecipheriv(CIPHER, desktop().secret, bytes.subarray(0, IV));
    decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
    const text = Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]);
    return { shouldReEncrypt: false, result: text.toString('utf8') };
  },
});
