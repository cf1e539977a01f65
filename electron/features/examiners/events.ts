import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

/** Names, numbers and reasons stay in the dossiers: every bundle carries the station's entries. */
const Kept = z.object({
  dossierId: z.string(),
  versionId: z.int(),
  replaces: z.int().nullable(),
  fields: z.array(z.string()),
});

export const examinersEvents = {
  imported: event(
    'examiners.imported',
    '从文件读入考评员档案',
    "Examiners' dossiers were read in from a file",
    z.object({ fileSha256: z.string(), dossiers: z.array(Kept), unchanged: z.int(), served: z.int() }),
  ),
  changed: event('examiners.changed', '手工新建或修改考评员档案', 'A dossier was made or changed by hand', Kept),
  checkFailed: refusal(
    'examiners.check-failed',
    '考评员档案文件有错，一行都没存',
    "A file of examiners' dossiers had errors; nothing was saved",
    z.object({ problems: z.int(), codes: z.array(z.string()) }),
  ),
  keepRefused: refusal(
    'examiners.keep-refused',
    '没有存下读入的考评员档案',
    'Dossiers that were read in were not saved',
    z.object({ code: z.string() }),
  ),
  changeRefused: refusal(
    'examiners.change-refused',
    '没有存下考评员档案的修改',
    'A change to a dossier was not saved',
    z.object({ code: z.string(), dossierId: z.string().nullable() }),
  ),
};
