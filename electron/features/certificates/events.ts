import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

export const certificatesEvents = {
  checked: event(
    'certificates.checked',
    '证书数据预检',
    'Certificate data was checked',
    z.object({ fileSha256: z.string(), rows: z.int(), refused: z.record(z.string(), z.int()), lacking: z.int() }),
  ),
  exported: event(
    'certificates.exported',
    '导出证书数据',
    'Certificate data was exported',
    z.object({ format: z.string(), rows: z.int(), sha256: z.string() }),
  ),
  refused: refusal(
    'certificates.refused',
    '证书数据没有收下',
    'A file of certificate data was not taken',
    z.object({ code: z.string() }),
  ),
};
