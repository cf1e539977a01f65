/** A word that a body without public office must not print, and where it stands. */
export interface ForbiddenWord {
  word: string;
  /** The text it was found in, as it would have been printed. */
  text: string;
}

/**
 * Words no body but a state one may put on its certificates and forms. Source: 云人社通〔2022〕50号 art. 12; the list as
 * 中华人民共和国, 中国, 国家, 全国, 职业资格, 岗位合格（凭证）, 职业技能鉴定. The notice names the national emblem as well: a form
 * takes no picture at all.
 */
export const FORBIDDEN_WORDS: readonly string[] = [
  '中华人民共和国',
  '中国',
  '国家',
  '全国',
  '职业资格',
  '岗位合格',
  '职业技能鉴定',
];
/** Used without right where the body is not on file (备案) for it. */
const LEVEL_WORD = '职业技能等级';

/** Who issues what is printed. */
export interface Issuer {
  /** A government body prints what its office requires. */
  stateBody: boolean;
  /** 备案: on file as an evaluating body, and so with the right to speak of skill levels. */
  onFile: boolean;
}

/**
 * Every forbidden word in the texts a form is made of: titles, names of bodies, occupation, rubric. What people wrote (names,
 * notes, reasons) and what cites a rule are not asked. Spaces and marks between the characters do not hide a word, nor do
 * full-width forms. The longest word counts where one holds another. Empty means it may be printed.
 */
export function forbiddenWords(texts: readonly string[], issuer: Issuer): ForbiddenWord[] {
  if (issuer.stateBody) return [];
  const words = issuer.onFile ? FORBIDDEN_WORDS : [...FORBIDDEN_WORDS, LEVEL_WORD];
  return texts.flatMap((text) => {
    const bare = text.normalize('NFKC').replace(/[\s\p{P}\p{S}\p{Cf}]/gu, '');
    const found = words.filter((word) => bare.includes(word));
    return found
      .filter((word) => !found.some((longer) => longer !== word && longer.includes(word)))
      .map((word) => ({ word, text }));
  });
}
