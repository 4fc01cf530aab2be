import fc from 'fast-check';
import { utf8 } from './utf8';

describe('a text in bytes', () => {
  it('is what node makes of it, whatever was encoded before and however long it is', () => {
    const unit = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a', 'é', '药', '𠀀', '\uD800', '\uDC00'));
    fc.assert(fc.property(fc.array(fc.tuple(unit, fc.integer({ min: 0, max: 100_000 })), { maxLength: 4 }), (parts) => {
      const texts = parts.map(([text, times]) => text.repeat(Math.ceil(times / Math.max(1, text.length))));
      const encoded = texts.map(utf8);
      expect(encoded.every((bytes, i) => bytes.equals(Buffer.from(texts[i] as string)))).toBe(true);
    }), { numRuns: 50 });
  });

  it('takes as many bytes as it has: nothing of the one before is behind it', () => {
    utf8('药'.repeat(100_000));
    expect(utf8('ab')).toHaveLength(2);
    expect(utf8('药'.repeat(1_000_000)).length).toBe(3_000_000);
  });
});
