import { Icon } from '../components/index.ts';
import { dimensionText, valueText } from './dimension-text.ts';
import { FILTER_DIMENSIONS, toggleFilter } from './view.ts';
import type { FilterDimension, Filters } from './view.ts';

export type FilterChipsProps = {
  readonly filters: Filters;
  /** A dimension the page itself stands for; its chip is left away. */
  readonly hidden?: FilterDimension | undefined;
  readonly onChange: (filters: Filters) => void;
};

/** What the page is narrowed to, each with a way out. */
export function FilterChips({ filters, hidden, onChange }: FilterChipsProps) {
  const chosen = FILTER_DIMENSIONS.filter((dimension) => dimension !== hidden).flatMap((dimension) =>
    (filters[dimension] ?? []).map((value) => ({ dimension, value })),
  );
  return chosen.map(({ dimension, value }) => (
    <span key={`${dimension} ${value}`} className="chip">
      {value !== '' && <span>{dimensionText(dimension)}</span>} <b className="chip-value">{valueText(dimension, value)}</b>{' '}
      <button
        type="button"
        aria-label={`Remove filter ${dimension} ${valueText(dimension, value)}`}
        onClick={() => onChange(toggleFilter(filters, dimension, value))}
      >
        <Icon name="close" />
      </button>
    </span>
  ));
}
