import { expect, test } from 'vitest';
import { virtualCameraIn } from './virtual-camera.ts';

test.each([
  ['OBS Virtual Camera', 'OBS'],
  ['OBS-Camera', 'OBS'],
  ['ManyCam Virtual Webcam', 'ManyCam'],
  ['XSplit VCam', 'XSplit'],
  ['Snap Camera', 'Snap Camera'],
  ['DroidCam Source 3', 'DroidCam'],
  ['e2eSoft iVCam', 'e2eSoft'],
  ['e2eSoft VCam', 'e2eSoft'],
  ['Dummy video device (0x0000)', 'v4l2loopback'],
  ['v4l2loopback output', 'v4l2loopback'],
  ['虚拟摄像头', '虚拟摄像头'],
  ['某某虚拟相机 2', '虚拟摄像头'],
  ['Acme Virtual Webcam', 'virtual camera'],
  ['NVIDIA Broadcast', 'NVIDIA Broadcast'],
])('%s is %s', (label, product) => {
  expect(virtualCameraIn(label)).toBe(product);
});

test.each([
  '',
  'Integrated Camera (13d3:56a2)',
  'HD Pro Webcam C920',
  'USB2.0 HD UVC WebCam',
  'FaceTime HD Camera',
  'fake_device_0',
  '罗技高清网络摄像机 C930c',
  'Jobstick Camera',
])('%s may be a real one', (label) => {
  expect(virtualCameraIn(label)).toBeNull();
});
