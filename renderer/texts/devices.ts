import { devices as en } from './en/devices.ts';
import { texts } from './use-texts.ts';
import { devices as zh } from './zh-CN/devices.ts';

export const devicesTexts = texts(zh, en);
