import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

export const formsEvents = {
  printed: event(
    'forms.printed',
    '打印或保存表册',
    'A form was printed or saved',
    z.object({ formId: z.string(), sha256: z.string(), bytes: z.int() }),
  ),
  kept: event(
    'forms.kept',
    '表册先印好，加密存放',
    'A form was printed ahead and kept encrypted',
    z.object({ formId: z.string(), factsSha256: z.string(), evidenceId: z.string(), sha256: z.string() }),
  ),
  refused: refusal(
    'forms.refused',
    '表册没有打印',
    'A form was not printed',
    z.object({ formId: z.string(), code: z.string(), words: z.array(z.string()) }),
  ),
};
