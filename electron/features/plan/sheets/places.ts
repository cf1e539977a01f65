import { idColumn, listColumn, optional, textColumn } from '../columns.ts';
import { PlannedRoom, PlannedWorkstation } from '../plan-schema.ts';
import { sheet } from './sheet.ts';

const { roomId, name, location, cameras } = PlannedRoom.shape;
const camera = cameras.element.shape;
const workstation = PlannedWorkstation.shape;
const roomReference = idColumn({ title: '考场编号', note: '「考场」表中的编号', example: '101' }, roomId);

export const roomSheet = sheet({
  table: 'rooms',
  name: '考场',
  about: { zh: '每个考场一行', en: 'One row a room' },
  rows: { min: 1, max: 200 },
  columns: {
    roomId: idColumn({ title: '考场编号', note: '字母、数字、-、_', example: '101' }, roomId),
    name: textColumn({ title: '考场名称', note: '门牌上的名称', example: '101 考场' }, name),
    location: textColumn({ title: '位置', note: '楼、层、方向', example: '实训楼一层东侧', width: 30 }, location),
  },
});

export const cameraSheet = sheet({
  table: 'cameras',
  name: '摄像机',
  about: { zh: '每台摄像机一行；每个考场应有录像', en: 'One row a camera; every room should be recorded' },
  rows: { min: 0, max: 1600 },
  columns: {
    roomId: roomReference,
    cameraId: idColumn({ title: '摄像机编号', note: '字母、数字、-、_，不重复', example: '101-A' }, camera.cameraId),
    label: textColumn({ title: '摄像机名称', note: '所见范围', example: '前方全景' }, camera.label),
    sees: optional(
      listColumn(
        { title: '看得见的工位', note: '工位编号，用顿号分开；空着表示看得见整个考场', example: '101-1、101-2' },
        PlannedWorkstation.shape.workstationId,
        { parting: /[、,，;；\s]/, joint: '、', fault: 'bad-id' },
      ),
    ),
  },
});

export const workstationSheet = sheet({
  table: 'workstations',
  name: '工位',
  about: { zh: '每个工位（座位）一行', en: 'One row a workstation (seat)' },
  rows: { min: 1, max: 5000 },
  columns: {
    workstationId: idColumn(
      { title: '工位编号', note: '字母、数字、-、_，全考核点不重复', example: '101-1' },
      workstation.workstationId,
    ),
    roomId: roomReference,
    label: textColumn({ title: '工位名称', note: '工位上贴的名称', example: '1 号工位' }, workstation.label),
  },
});
