import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askSecret } from '../../../src/main/cli/ask-secret.ts';

/** A terminal that a test types at. */
function terminal() {
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => modes.push(raw),
  });
  const shown = new PassThrough();
  const asked = askSecret(
    'Secret: ',
    input as unknown as NodeJS.ReadStream,
    shown as unknown as NodeJS.WriteStream,
  );
  return { input, asked, modes, shown: () => String(shown.read()) };
}

test('what is typed is taken up to Enter and never shown', async () => {
  const { input, asked, modes, shown } = terminal();
  input.write('four hor');
  input.write('ses\rmore');
  expect(await asked).toEqual({ ok: true, value: 'four horses' });
  expect(shown()).toBe('Secret: \n');
  expect(modes).toEqual([true, false]);
  expect(input.listenerCount('data')).toBe(0);
});

test('backspace takes back one character, of any script', async () => {
  const { input, asked } = terminal();
  input.write('abc\u007f\u007f河𨋢\u007fx\n');
  expect(await asked).toEqual({ ok: true, value: 'a河x' });
});

test.each(['\u0003', '\u0004'])('%j gives up and the terminal is as it was', async (key) => {
  const { input, asked, modes } = terminal();
  input.write(`abc${key}`);
  expect(await asked).toMatchObject({ fault: { code: 'cancelled' } });
  expect(modes).toEqual([true, false]);
});

test('no more is kept than a secret can have', async () => {
  const { input, asked } = terminal();
  input.write(`${'x'.repeat(5000)}\n`);
  expect(await asked).toEqual({ ok: true, value: 'x'.repeat(200) });
});

test('without a terminal it does not wait', async () => {
  const input = new PassThrough() as unknown as NodeJS.ReadStream;
  expect(await askSecret('Secret: ', input)).toMatchObject({ fault: { code: 'no-terminal' } });
});
