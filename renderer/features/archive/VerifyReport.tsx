import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../api/query.ts';
import { closingTexts } from '../../texts/closing.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useLanguage } from '../../texts/language.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { Status, type StatusKind } from '../../ui/Status.tsx';
import { saveFile } from '../../ui/save-file.ts';

const order = { fail: 0, 'not-present': 1, pass: 2 };
const kinds: Record<keyof typeof order, StatusKind> = { fail: 'stop', 'not-present': 'not-done', pass: 'done' };

/**
 * The verify report on the screen: failures first, then what is not present (never counted as passed), then passes
 * with the command that repeats each. The file it saves is the same report as plain HTML, to be printed.
 */
export function VerifyReport({ bundleId, onClose }: { bundleId: string; onClose: () => void }): ReactNode {
  const t = useTexts(closingTexts).report;
  const { language } = useLanguage();
  const sentenceOf = useErrorSentence();
  const report = useQuery({ ...ask.archive.verify.queryOptions({ input: { bundleId } }), staleTime: 0, gcTime: 0 });
  const data = report.data;
  const save = () => {
    if (data) saveFile(`${t.fileName}-${bundleId}.html`, new Blob([data.html], { type: 'text/html' }));
  };
  useKeys({ Escape: onClose, F6: save });
  if (data === undefined) {
    if (!report.isError) return <Loading />;
    return <ReadFailed onRetry={() => void report.refetch()} sentence={sentenceOf(report.error)} />;
  }
  const claims = data.claims.toSorted((a, b) => order[a.result] - order[b.result]);
  const count = (result: keyof typeof order) => claims.filter((claim) => claim.result === result).length;
  const notPresent = count('not-present');
  // Green only when everything was there to be checked: what is not present vouches for nothing.
  const tone = count('fail') > 0 ? 'is-stop' : notPresent > 0 ? '' : 'is-done';
  const words = (text: { zh: string; en: string }) => (language === 'zh-CN' ? text.zh : text.en);
  return (
    <section className="ui-card report">
      <header>
        <h2>{t.title}</h2>
        {(['pass', 'fail', 'not-present'] as const).map((result) => (
          <p key={result} className={`is-${kinds[result]}`}>
            <b>{count(result)}</b>
            <Status kind={kinds[result]}>{t[result]}</Status>
          </p>
        ))}
      </header>
      <p className={`report-verdict ${tone}`}>
        {count('fail') > 0 ? t.someFail(count('fail')) : notPresent > 0 ? t.passExcept(notPresent) : t.allPass}
      </p>
      <div className="report-claims">
        {claims.map((claim) => (
          <div key={claim.id} className="report-claim">
            <Status kind={kinds[claim.result]}>{t[claim.result]}</Status>
            <span className="office-quiet">{claim.id}</span>
            <div>
              <b>{words(claim.title)}</b>
              <small>
                {words(claim.detail)}
                {claim.files && claim.files.length > 0 && ` ${claim.files.join('、')}`}
                {claim.command && (
                  <>
                    {' '}
                    {t.repeat} <code>{claim.command}</code>
                  </>
                )}
              </small>
            </div>
          </div>
        ))}
      </div>
      <p className="office-quiet">{t.limits}</p>
      <div className="office-pair">
        <BigButton size={48} hint="Esc" onPress={onClose}>
          {t.close}
        </BigButton>
        <BigButton size={48} hint="F6" onPress={save}>
          {t.save}
        </BigButton>
      </div>
    </section>
  );
}
