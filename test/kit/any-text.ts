import fc from 'fast-check';

/**
 * Texts of any code points but halves of a pair. The same as fast-check's `unit: 'binary'`, which
 * takes seconds of work to be made, before its first text.
 */
export function anyText(limits: fc.StringSharedConstraints = {}): fc.Arbitrary<string> {
  const codes = [fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff })];
  const unit = fc.oneof(...codes).map((code) => String.fromCodePoint(code));
  return fc.string({ ...limits, unit });
}
