import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { SessionId } from '../../lib/ids.ts';

/**
 * A form of a session: `summary:201`, `score-sheets:201:E01`, `panel-record`, `recusal-record`. Names the form in the
 * journal and in a file's name as well.
 */
export const FormId = z
  .string()
  .max(120)
  .regex(/^(?:panel-record|recusal-record|summary:[A-Za-z0-9_.-]+|score-sheets:[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+)$/);

export const FormKind = z.enum(['score-sheets', 'summary', 'panel-record', 'recusal-record']);

export const FormRow = z.object({
  formId: FormId,
  kind: FormKind,
  /** Null where the form is of the whole session. */
  roomName: z.string().nullable(),
  /** Whose score sheets they are. */
  examiner: z.string().nullable(),
  /** Candidates on it; null where it lists none. */
  candidates: z.int().nullable(),
  /** `waiting`: of this room not everybody has locked, so nothing is shown. */
  state: z.enum(['ready', 'waiting']),
  /** Handwriting on it, of so many who sign in the station. */
  signed: z.int(),
  signers: z.int(),
});
export type FormRow = z.infer<typeof FormRow>;

const office = ['site-lead', 'supervisor', 'score-keeper', 'examiner'] as const;
const errors = { NO_SUCH_SESSION: { status: 404 } };

export const forms = {
  /** What can be printed of a session; an examiner sees their own score sheets alone. */
  list: callableBy(office)
    .input(z.object({ sessionId: SessionId }))
    .output(z.array(FormRow))
    .errors(errors),
  /** A form as PDF. Every printing is journaled. */
  print: callableBy(office)
    .input(z.object({ sessionId: SessionId, formId: FormId }))
    .output(z.instanceof(Blob))
    .errors({
      ...errors,
      NO_SUCH_FORM: { status: 404 },
      /** Not everybody of the room has locked. */
      NOT_REVEALED: { status: 409, data: z.object({ waitingFor: z.int() }) },
      KEYS_LOCKED: { status: 423 },
      /** Words a body without public office may not print, each with the text it stands in. */
      FORBIDDEN_WORD: {
        status: 422,
        data: z.object({ found: z.array(z.object({ word: z.string(), text: z.string() })) }),
      },
    }),
};
