import { cardCamera as en } from './en/card-camera.ts';
import { texts } from './use-texts.ts';
import { cardCamera as zh } from './zh-CN/card-camera.ts';

export const cardCameraTexts = texts(zh, en);
