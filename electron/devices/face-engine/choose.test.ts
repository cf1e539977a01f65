import { expect, test } from 'vitest';
import { err, ok } from '../../lib/result.ts';
import { engineWish, openUsableFaceEngine } from './choose.ts';
import type { FaceEngineOpenError } from './open.ts';
import type { FaceEngine } from './port.ts';

const engineCalled = (name: string) => async () => ok({ name } as FaceEngine);
const refuses = (error: FaceEngineOpenError) => async () => err(error);
const noLibrary = { code: 'native-library', reason: 'VCRUNTIME140_1.dll is missing' } as const;
const noModel = { code: 'model-missing', file: 'mobilefacenet.onnx' } as const;

const nameOf = async (...wish: Parameters<typeof openUsableFaceEngine>) => {
  const chosen = await openUsableFaceEngine(...wish);
  return chosen.ok ? [chosen.value.engine.name, chosen.value.insteadOf] : chosen.error;
};
const first = engineCalled('first');
const second = engineCalled('second');

test.each([
  ['both open', { first, second }, ['first', null]],
  ['the native library does not load', { first: refuses(noLibrary), second }, ['second', { reason: noLibrary.reason }]],
  ['a model is missing: that is for a person', { first: refuses(noModel), second }, noModel],
  ['neither opens', { first: refuses(noLibrary), second: refuses(noModel) }, noLibrary],
  [
    'the second is asked for',
    { only: 'face-api', first, second },
    ['second', { reason: 'KAODIAN_FACE_ENGINE=face-api' }],
  ],
  ['only the second is asked for, and does not open', { only: 'face-api', first, second: refuses(noModel) }, noModel],
  ['only the first is asked for', { only: 'onnxruntime', first: refuses(noLibrary), second }, noLibrary],
] as const)('%s', async (_, how, expected) => {
  expect(await nameOf('models', how)).toEqual(expected);
});

test.each([
  ['face-api', 'face-api'],
  ['onnxruntime', 'onnxruntime'],
  ['tensorflow', undefined],
  [undefined, undefined],
])('KAODIAN_FACE_ENGINE=%s', (named, wish) => {
  expect(engineWish({ KAODIAN_FACE_ENGINE: named })).toBe(wish);
});
