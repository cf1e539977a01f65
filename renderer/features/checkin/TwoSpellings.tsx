import type { ReactNode } from 'react';
import { doorTexts } from '../../texts/door.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { fitPx } from './fit-text.ts';
import { type SpelledCharacter, spellings } from './name-difference.ts';

/** The name as the list has it above the name as the document has it, both large; what differs is marked in both. */
export function TwoSpellings(props: { planned: string; onDocument: string; children: ReactNode }): ReactNode {
  const t = useTexts(doorTexts);
  const { planned, onDocument } = props;
  const [plan, document] = spellings(planned, onDocument);
  const px = Math.max(22, Math.min(fitPx(planned, 36, 400), fitPx(onDocument, 36, 400)));
  return (
    <div className="door-who door-spellings" style={{ fontSize: px }}>
      <Line word={t.spellingPlan} name={plan} />
      <Line word={t.spellingCard} name={document} />
      {props.children}
    </div>
  );
}

function Line({ word, name }: { word: string; name: SpelledCharacter[] }): ReactNode {
  return (
    <div>
      <small>{word}</small>
      <b>
        {name.map((c, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: characters of one name, in their order
          <span key={i} className={c.differs ? 'is-other' : undefined}>
            {c.text}
          </span>
        ))}
      </b>
    </div>
  );
}
