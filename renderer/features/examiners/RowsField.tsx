import { Button, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { examinersTexts } from '../../texts/examiners.ts';
import { useTexts } from '../../texts/use-texts.ts';
import type { EditableList, Row } from './edit-of.ts';

type Cell = { key: string; wide?: boolean; options?: Record<string, string>; many?: boolean };

/** Rows of one list of a dossier, one line each, typed in place. */
export function RowsField(props: {
  list: EditableList;
  rows: readonly Row[];
  bad: ReadonlySet<string>;
  onChange: (rows: Row[]) => void;
}): ReactNode {
  const t = useTexts(examinersTexts);
  const { list, rows, onChange } = props;
  const stretch: Cell[] = [{ key: 'from' }, { key: 'until' }];
  const cells: Record<EditableList, Cell[]> = {
    scope: [
      { key: 'occupation', wide: true },
      { key: 'levels', wide: true, many: true, options: t.levels },
    ],
    appraisals: [{ key: 'year' }, { key: 'result', options: t.results }],
    trainingHours: [{ key: 'year' }, { key: 'hours' }],
    employers: [{ key: 'name', wide: true }, ...stretch],
    trainingPosts: [{ key: 'institution', wide: true }, ...stretch],
    taught: [{ key: 'classId', wide: true }, ...stretch],
    ties: [
      { key: 'kind', options: t.tieKinds },
      { key: 'documentNumber', wide: true },
      { key: 'cardNumber' },
      { key: 'otherName' },
    ],
  };
  const change = (at: number, key: string, value: string | string[]) =>
    onChange(rows.map((row, i) => (i === at ? { ...row, [key]: value } : row)));
  return (
    <fieldset className="dossier-rows">
      <legend>{t.fields[list]}</legend>
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id until they are saved; their place is what the eye sees
        <div key={i} className={props.bad.has(`${list}.${i}`) ? 'is-bad' : ''}>
          {cells[list].map(({ key, wide, options, many }) => {
            const label = `${t.fields[list]} ${i + 1} ${t.row[key]}`;
            const common = { 'aria-label': label, placeholder: t.row[key] ?? '', disabled: row.keep !== undefined };
            return options ? (
              <Select
                key={key}
                {...common}
                className={wide ? 'is-wide' : ''}
                {...(many ? { mode: 'multiple' as const } : {})}
                value={(row[key] as never) || undefined}
                onChange={(value: string | string[]) => change(i, key, value)}
                options={Object.entries(options).map(([value, text]) => ({ value, label: text }))}
              />
            ) : (
              <Input
                key={key}
                {...common}
                className={wide ? 'is-wide' : ''}
                value={String(row[key] ?? '')}
                onChange={(e) => change(i, key, e.target.value)}
              />
            );
          })}
          <Button type="text" aria-label={t.remove} onClick={() => onChange(rows.filter((_, at) => at !== i))}>
            {t.remove}
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange([...rows, {}])}>{t.addRow}</Button>
    </fieldset>
  );
}
