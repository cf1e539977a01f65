import { Input, Segmented } from 'antd';
import type { ReactNode } from 'react';

/** Above a long list: a search, which part of it is shown, and what that comes to. */
export function FindInList<Filter extends string>(props: {
  search: string;
  onSearch: (search: string) => void;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  filters: readonly Filter[];
  words: { search: string; filterLabel: string; filters: Record<Filter, string> };
  count: string;
}): ReactNode {
  const { words } = props;
  return (
    <>
      <Input.Search
        allowClear
        size="large"
        aria-label={words.search}
        placeholder={words.search}
        value={props.search}
        onChange={(event) => props.onSearch(event.target.value)}
      />
      <Segmented<Filter>
        size="large"
        aria-label={words.filterLabel}
        value={props.filter}
        onChange={props.onFilter}
        options={props.filters.map((value) => ({ value, label: words.filters[value] }))}
      />
      <span className="office-quiet">{props.count}</span>
    </>
  );
}
