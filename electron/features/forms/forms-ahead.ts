import { setImmediate as aMoment } from 'node:timers/promises';
import type { PlanBook } from '../plan/plan-book.ts';
import type { FormRow } from './contract.ts';
import type { FormsDeps } from './deps.ts';
import { keepForm } from './keep-form.ts';
import { formsOf, gatherForm } from './service.ts';

/** What changes a form once its session is over. A form that another thing changed is printed when it is asked for. */
const CHANGING = [
  'session.closed',
  'scoring.signed',
  'scoring.decision-checked',
  'scoring.theory-accepted',
  'coverage.accepted',
  'assignment.decided',
  'assignment.evaluated',
  'archive.signed-off',
];

/**
 * Prints the forms of a session that is over as soon as their last signature is given, so that sealing need not. One session
 * at a time, form by form, in between what the desks ask.
 */
export class FormsAhead {
  readonly #deps: FormsDeps;
  readonly #failed: (failure: unknown) => void;
  /** The newest change that was looked at, by session. */
  readonly #seen = new Map<string, number>();
  #underWay: Promise<void> | null = null;

  constructor(deps: FormsDeps, failed: (failure: unknown) => void) {
    this.#deps = deps;
    this.#failed = failed;
  }

  /** Called every second. */
  tick(): void {
    const book = this.#deps.book();
    if (this.#underWay || !book) return;
    for (const { sessionId } of book.plan.sessions) {
      if (this.#deps.sessionState(sessionId) !== 'closed') continue;
      const page = { beforeSeq: null, limit: 1, sessionId, events: CHANGING, contains: '' };
      const newest = this.#deps.journal.page(page)[0]?.seq ?? 0;
      if (this.#seen.get(sessionId) === newest) continue;
      this.#seen.set(sessionId, newest);
      this.#underWay = this.#make(book, sessionId)
        .catch(this.#failed)
        .finally(() => {
          this.#underWay = null;
        });
      return;
    }
  }

  /** Resolves when nothing is being printed. */
  async settled(): Promise<void> {
    await this.#underWay;
  }

  async #make(book: PlanBook, sessionId: string): Promise<void> {
    // Whether the lead's signature stands is a question about the whole session: asked once, not once a form.
    const leadSignature = this.#deps.leadSignature(sessionId);
    const deps: FormsDeps = { ...this.#deps, leadSignature: () => leadSignature };
    for (const row of formsOf(deps, book, sessionId).filter(isComplete)) {
      await aMoment();
      const form = await gatherForm(deps, book, sessionId, row);
      if (!form.ok) {
        // Looked at again once the keys are open.
        if (form.error.code === 'KEYS_LOCKED') this.#seen.delete(sessionId);
        continue;
      }
      if (this.#deps.sessionState(sessionId) !== 'closed') return;
      await keepForm(deps, { sessionId, formId: row.formId }, form.value);
    }
  }
}

/** Nobody's signature is waited for; the lead's under the closing comes last, and prints the summaries once more. */
const isComplete = ({ state, signed, signers }: FormRow): boolean => state === 'ready' && signed === signers;
