/**
 * Programs that give a file, a screen or a telephone out as a camera, by what their device is called. Names are easily
 * changed: a hit calls a person, no hit proves nothing.
 */
const PRODUCTS: readonly [pattern: RegExp, product: string][] = [
  [/\bobs\b|obs[- ]?(virtual)?[- ]?cam/i, 'OBS'],
  [/manycam/i, 'ManyCam'],
  [/xsplit/i, 'XSplit'],
  [/snap ?camera/i, 'Snap Camera'],
  [/droidcam/i, 'DroidCam'],
  [/iriun/i, 'Iriun'],
  [/epoccam/i, 'EpocCam'],
  [/ivcam|e2esoft/i, 'e2eSoft'],
  [/\bvcam\b/i, 'VCam'],
  [/ip ?webcam|ip ?camera adapter/i, 'IP Webcam'],
  [/splitcam/i, 'SplitCam'],
  [/youcam/i, 'YouCam'],
  [/camtwist/i, 'CamTwist'],
  [/altercam/i, 'AlterCam'],
  [/webcamoid/i, 'Webcamoid'],
  [/fake ?webcam|webcam ?max|magic ?camera/i, 'WebcamMax'],
  [/sparkocam/i, 'SparkoCam'],
  [/mmhmm/i, 'mmhmm'],
  [/avatarify|deepfacelive|facerig|animaze|vtube/i, 'Avatar'],
  [/nvidia broadcast/i, 'NVIDIA Broadcast'],
  [/unity ?(video|cam)/i, 'Unity Video Capture'],
  [/v4l2 ?loopback|dummy video device/i, 'v4l2loopback'],
  [/\bakvcam\b/i, 'AkVCam'],
  [/虚拟(摄像|相机|视频)|虛擬(攝影|相機|視訊)/, '虚拟摄像头'],
  [/virtual[- ]?(web)?[- ]?(cam|video)/i, 'virtual camera'],
];

/** The product behind a camera's label, as the browser gives it; null for what may be a real camera, an empty label too. */
export function virtualCameraIn(label: string): string | null {
  return PRODUCTS.find(([pattern]) => pattern.test(label))?.[1] ?? null;
}
