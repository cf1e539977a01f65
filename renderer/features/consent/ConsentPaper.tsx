import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ConsentText } from '../../../electron/features/consent/contract.ts';
import { ask } from '../../api/query.ts';
import { useLanguage } from '../../texts/language.tsx';

/** Pledge and consent as they stand now; read anew for every candidate. */
export function useConsentText(): ConsentText | undefined {
  return useQuery(ask.consent.text.queryOptions({ staleTime: 0 })).data;
}

/** What is signed, in the candidate's type size: the pledge, then the consent to compare faces, apart from it. */
export function ConsentPaper({ text }: { text: ConsentText }): ReactNode {
  const { language } = useLanguage();
  const said = ({ zh, en }: { zh: string; en: string }) => (language === 'zh-CN' ? zh : en);
  return (
    <div className="consent-paper">
      {[text.pledge, text.face].map((paper) => (
        <section key={paper.title.zh}>
          <h3>{said(paper.title)}</h3>
          {paper.paragraphs.map((paragraph) => (
            <p key={paragraph.zh}>{said(paragraph)}</p>
          ))}
        </section>
      ))}
    </div>
  );
}
