import { useMutation } from '@tanstack/react-query';
import type { FormRow } from '../../../electron/features/forms/contract.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { saveFile } from '../../ui/save-file.ts';

type Wish = { sessionId: SessionId; form: FormRow; fileName: string; then: 'print' | 'save' };

/** Asks the station for a form, then opens it in a window that prints, or saves it. */
export function usePrintForm() {
  const print = useMutation(ask.forms.print.mutationOptions());
  return {
    pending: print.isPending ? (print.variables?.formId ?? null) : null,
    error: print.error,
    make: ({ sessionId, form, fileName, then }: Wish) =>
      print.mutate(
        { sessionId, formId: form.formId },
        { onSuccess: (pdf) => (then === 'print' ? openToPrint(fileName, pdf) : saveFile(fileName, pdf)) },
      ),
  };
}

/** The browser's own viewer prints a PDF; where no window may be opened, the file is saved to be printed from there. */
function openToPrint(fileName: string, pdf: Blob): void {
  const url = URL.createObjectURL(pdf);
  const opened = window.open(url, '_blank');
  if (opened === null) saveFile(fileName, pdf);
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
