/** GB/T 3304: the 56 peoples by their two-digit code, from 01. */
const NATIONS =
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺'.split(
    ' ',
  );

/** Older names that cards and services still carry. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  毛难: '36',
  崩龙: '46',
  其他: '97',
  外国血统: '98',
  外国血统中国籍人士: '98',
  入籍: '98',
};

/** The code a card holds, from a code or a name, with or without 族; null for any other word. */
export function nationCode(written: string): string | null {
  if (/^\d{1,2}$/.test(written)) return written.padStart(2, '0');
  const name = written.replace(/族$/, '');
  const at = NATIONS.indexOf(name);
  return at >= 0 ? String(at + 1).padStart(2, '0') : (OTHER_WORDS[name] ?? null);
}
