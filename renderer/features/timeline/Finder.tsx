import { AutoComplete, type GetRef } from 'antd';
import { type ReactNode, type Ref, useState } from 'react';
import type { CandidateCoverage } from '../../../electron/features/coverage/contract.ts';
import type { RoomTimeline } from '../../../electron/features/timeline/contract.ts';
import { timelineTexts } from '../../texts/timeline.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { type Found, finderOptions } from './finder-options.ts';

export type FinderField = GetRef<typeof AutoComplete>;

/** One field for candidate, workstation, staff, bookmark and time. */
export function Finder(props: {
  room: RoomTimeline;
  people: readonly CandidateCoverage[];
  onFound: (found: Found) => void;
  ref: Ref<FinderField>;
}): ReactNode {
  const t = useTexts(timelineTexts);
  const [typed, type] = useState('');
  const options = finderOptions(typed, props.room, props.people, t.seat);
  const groups = (['time', 'candidates', 'staff', 'events'] as const)
    .map((group) => ({
      label: t.groups[group],
      options: options
        .filter((o) => o.group === group)
        .map((o) => ({ value: o.key, label: group === 'time' ? t.findTime(o.words) : o.words })),
    }))
    .filter((g) => g.options.length > 0);
  return (
    <AutoComplete
      ref={props.ref}
      className="tl-finder"
      aria-label={t.find}
      placeholder={t.find}
      value={typed}
      options={groups}
      defaultActiveFirstOption
      onSearch={type}
      onSelect={(key: string) => {
        const option = options.find((o) => o.key === key);
        type('');
        if (option !== undefined) props.onFound(option.found);
      }}
    />
  );
}
