import type { CheckId, Property, TestedCheck } from './contract.ts';

/** What each check asks, in the words of the page that is printed and of the desk. */
export const CHECK_WORDS: Record<CheckId, string> = {
  'journal-agrees': '本场日志每一条都和日志树相符，没有改动',
  'signatures-readable': '手写签名都能打开，是完整的笔迹',
  'files-there': '每个文件都在，大小和记录一致',
  'bytes-agree': '读出的字节和记录的哈希一致',
  'missing-declared': '缺项都写了原因',
  'paper-counted': '纸质件两遍清点一致，或写了原因',
  'formats-lasting': '都是公开标准格式，以后打得开',
  'contents-open': '能解密，内容和标的类型相符',
  'no-active-content': '扫描件里没有脚本、附件和自动动作',
  'encrypted-for-both': '都已加密：材料给中心和本站，督导记录只给督导',
};

export const PROPERTY_WORDS: Record<Property, string> = {
  authenticity: '真实性',
  integrity: '完整性',
  usability: '可用性',
  safety: '安全性',
};

export const RESULT_WORDS: Record<TestedCheck['result'], string> = {
  pass: '通过',
  fail: '没通过',
  'not-done': '没有可查的',
};
