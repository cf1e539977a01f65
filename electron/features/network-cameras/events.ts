import { z } from 'zod';
import { event } from '../../journal/events.ts';

const Camera = z.object({ cameraId: z.string(), address: z.string() });

export const networkCameraEvents = {
  bound: event(
    'network-cameras.bound',
    '登记网络摄像机',
    'A camera of the plan was bound to an address on the network; user and password are not written down here',
    Camera,
  ),
  removed: event('network-cameras.removed', '移除网络摄像机', 'A network camera was taken out', Camera),
  tried: event(
    'network-cameras.tried',
    '试看网络摄像机',
    'A test picture of a network camera was asked for',
    z.object({ address: z.string(), trouble: z.string().nullable() }),
  ),
  searched: event(
    'network-cameras.searched',
    '查找网络摄像机',
    'The network was asked for cameras',
    z.object({ found: z.int() }),
  ),
  trouble: event(
    'network-cameras.trouble',
    '网络摄像机没有画面',
    'A network camera gives no pictures',
    z.object({ cameraId: z.string(), trouble: z.string() }),
  ),
};
