import { delivery as en } from './en/delivery.ts';
import { texts } from './use-texts.ts';
import { delivery as zh } from './zh-CN/delivery.ts';

export const deliveryTexts = texts(zh, en);
