import { networkCameras as en } from './en/network-cameras.ts';
import { texts } from './use-texts.ts';
import { networkCameras as zh } from './zh-CN/network-cameras.ts';

export const networkCamerasTexts = texts(zh, en);
