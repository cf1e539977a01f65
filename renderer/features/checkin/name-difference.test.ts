import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spellings } from './name-difference.ts';

const marks = (name: { text: string; differs: boolean }[]) =>
  name.map((c) => (c.differs ? `[${c.text}]` : c.text)).join('');

test.each([
  ['王䶮（样本）', '王龑（样本）', '王[䶮]（样本）', '王[龑]（样本）'],
  ['𬱖样本', '頔样本', '[𬱖]样本', '[頔]样本'],
  ['阿卜杜·样本', '阿卜杜样本', '阿卜杜[·]样本', '阿卜杜样本'],
  ['样本', '样本', '样本', '样本'],
  ['葛\u{E0100}样本', '葛样本', '[葛\u{E0100}]样本', '[葛]样本'],
])('%s and %s', (a, b, left, right) => {
  const [l, r] = spellings(a, b);
  expect([marks(l), marks(r)]).toEqual([left, right]);
});

test('nothing of either name is lost, and what is unmarked is the same in both', () => {
  const name = fc.string({ maxLength: 12, unit: fc.constantFrom('张', '三', '·', 'a', '𬱖') });
  fc.assert(
    fc.property(name, name, (a, b) => {
      const [left, right] = spellings(a, b);
      expect(left.map((c) => c.text).join('')).toBe(a);
      expect(right.map((c) => c.text).join('')).toBe(b);
      const same = (spelled: typeof left) => spelled.filter((c) => !c.differs).map((c) => c.text);
      expect(same(left)).toEqual(same(right));
    }),
  );
});
