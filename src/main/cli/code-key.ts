import { generateKeyPairSync } from 'node:crypto';
import { KeyId } from '../../shared/domain/qr-permit.ts';
import { keepNew } from '../keys/keep-new.ts';
import { type Command, EXIT, sayFault } from './command.ts';

export const codeKeyCreate: Command = {
  words: ['code-key', 'create'],
  places: ['FILE'],
  options: { id: { type: 'string' } },
  takes: 'FILE --id ID',
  summary: 'make a key that permits’ codes are signed with; prints its public half',
  run(given, terminal) {
    const path = given.places[0] ?? '';
    const id = KeyId.safeParse(given.text('id'));
    if (!id.success) {
      const text = 'name the key with --id: 1 to 32 letters, digits, . _ -';
      return sayFault(terminal, { code: 'usage', text });
    }
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    try {
      keepNew(path, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    } catch (error) {
      const text = `the key cannot be written: ${(error as Error).message}`;
      return sayFault(terminal, { code: 'key-not-written', text, where: path });
    }
    const { x } = publicKey.export({ format: 'jwk' });
    terminal.out(JSON.stringify({ id: id.data, x }));
    return EXIT.ok;
  },
};
