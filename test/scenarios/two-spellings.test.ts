import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameName } from '../../electron/features/identity/names.ts';
import { spellings } from '../../renderer/features/checkin/name-difference.ts';

test('the door marks a difference wherever the rule of names has one, and nowhere else', () => {
  const name = fc.string({
    minLength: 1,
    maxLength: 6,
    unit: fc.constantFrom('张', '三', '·', '•', 'a', 'A', 'Ａ', '䶮'),
  });
  fc.assert(
    fc.property(name, name, (a, b) => {
      const marked = spellings(a, b).some((one) => one.some((c) => c.differs));
      // Names of punctuation alone are nobody's: the rule refuses them even when they are written alike.
      if (sameName(a, a) === 'same') expect(marked).toBe(sameName(a, b) !== 'same');
    }),
  );
});
