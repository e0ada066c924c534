import { useState } from 'react';

import { useCosts } from '../api/index.ts';
import { columnDecimals, Money, readUsd, RowsSkeleton } from '../components/index.ts';
import { dimensionText, valueText } from './dimension-text.ts';
import type { Range } from './resolve-range.ts';
import { askParts, isPartChosen, togglePart } from './parts.ts';
import { FILTER_DIMENSIONS, withFilter } from './view.ts';
import type { FilterDimension, Filters } from './view.ts';

export type AddFilterProps = {
  readonly filters: Filters;
  readonly range: Range;
  readonly hidden?: FilterDimension | undefined;
  readonly onChange: (filters: Filters) => void;
};

const MAX_VALUES = 100;
const OFFERED = FILTER_DIMENSIONS.filter((dimension) => dimension !== 'key');

/** First which dimension, then which of the values that cost something in this range, dearest first. */
export function AddFilter({ filters, range, hidden, onChange }: AddFilterProps) {
  const [dimension, setDimension] = useState<FilterDimension>();
  if (dimension) return <ValueList dimension={dimension} filters={filters} range={range} onChange={onChange} />;
  return (
    <>
      <h2>Filter by</h2>
      <div className="option-list mt-2">
        {OFFERED.filter((one) => one !== hidden).map((one) => (
          <button key={one} type="button" onClick={() => setDimension(one)}>
            {dimensionText(one)}
          </button>
        ))}
      </div>
    </>
  );
}

function ValueList({ dimension, filters, range, onChange }: AddFilterProps & { readonly dimension: FilterDimension }) {
  const [search, setSearch] = useState('');
  const others = withFilter(filters, dimension, []);
  const costs = useCosts({ from: range.from, to: range.to, filters: others, ...askParts(dimension, MAX_VALUES) });
  const values = (costs.data?.groups ?? []).map((group) => ({ value: group.key[dimension] ?? '', cost: readUsd(group.costUsd) }));
  const shown = values.filter(({ value }) => valueText(dimension, value).toLowerCase().includes(search.toLowerCase()));
  const decimals = columnDecimals(values.map(({ cost }) => cost));
  return (
    <>
      <label className="field">
        <span className="field-name">{dimensionText(dimension)}</span>
        <input type="search" value={search} placeholder="Search" onChange={(event) => setSearch(event.target.value)} />
      </label>
      <div className="option-list mt-2">
        {costs.isPending && <RowsSkeleton label="Values" rows={4} />}
        {shown.map(({ value, cost }) => (
          <button
            key={value}
            type="button"
            aria-pressed={isPartChosen(filters, dimension, value)}
            onClick={() => onChange(togglePart(filters, dimension, value))}
          >
            <span className="name">{valueText(dimension, value)}</span>
            <Money pico={cost} decimals={decimals} />
          </button>
        ))}
      </div>
      {!costs.isPending && shown.length === 0 && <p className="mt-2">No {dimension} of that name cost anything in this range.</p>}
    </>
  );
}
