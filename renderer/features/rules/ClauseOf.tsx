import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useLanguage } from '../../texts/language.tsx';

/**
 * The clause a screen's decision rests on, read at a glance: id, sentence and source in one quiet line. Nothing while it is
 * being read, and nothing where the pack has no such clause: the decision itself never waits for it.
 */
export function ClauseOf({ ruleId, sessionId = null }: { ruleId: string; sessionId?: SessionId | null }): ReactNode {
  const { language } = useLanguage();
  const clause = useQuery(
    ask.rules.clause.queryOptions({ input: { ruleId, sessionId }, retry: false, staleTime: 60_000 }),
  );
  if (clause.data === undefined) return null;
  const { text, source } = clause.data;
  return (
    <small className="ui-clause-line">
      {ruleId} · {language === 'zh-CN' ? text.zh : text.en} · {source}
    </small>
  );
}
