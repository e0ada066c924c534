import { Floating, Icon } from '../components/index.ts';
import { useApi } from '../api/index.ts';
import { AddFilter } from './add-filter.tsx';
import { FilterChips } from './filter-chips.tsx';
import { RangePicker } from './range-picker.tsx';
import { useRange, useView } from './use-view.ts';
import { countFilters, withFilter } from './view.ts';
import type { FilterDimension } from './view.ts';
import { zonedDay } from './zoned-day.ts';

export type ToolbarProps = {
  /** The dimension the page itself stands for. */
  readonly hidden?: FilterDimension;
  /** Pages whose figures cannot be narrowed show the range alone. */
  readonly hasFilters?: boolean;
  /** Pages that compare with nothing leave the switch away. */
  readonly hasCompare?: boolean;
  /** How the previous period is drawn on this page. */
  readonly previousMark?: 'area' | 'dash';
};

/** When, what for, and against what: the same row on every page of figures. */
export function Toolbar({ hidden, hasFilters = true, hasCompare = true, previousMark = 'area' }: ToolbarProps) {
  const [view, change] = useView();
  const range = useRange();
  const { clock } = useApi();
  const own = hidden ? withFilter(view.filters, hidden, []) : view.filters;
  const adder = <AddFilter filters={own} range={range} hidden={hidden} onChange={(filters) => change({ filters })} />;
  const chips = <FilterChips filters={own} hidden={hidden} onChange={(filters) => change({ filters })} />;
  const toggleCompare = (): void => change({ isCompared: !view.isCompared });
  return (
    <div className="toolbar">
      <RangePicker
        choice={view.range}
        range={range}
        today={zonedDay(clock.nowMs(), range.timeZone)}
        onChange={(choice) => change({ range: choice })}
      />
      {hasFilters && (
        <Floating
          label="Filters"
          trigger={
            <button type="button" className="button only-small">
              Filters {countFilters(own) > 0 && <span className="pill accent">{countFilters(own)}</span>}
            </button>
          }
        >
          <div className="chip-list">{chips}</div>
          {adder}
        </Floating>
      )}
      {hasCompare && (
        <button type="button" className="toggle only-small" role="switch" aria-checked={view.isCompared} onClick={toggleCompare}>
          Compare
        </button>
      )}
      <div className="end hide-small">
        {hasFilters && chips}
        {hasFilters && (
          <Floating
            label="Add a filter"
            align="end"
            trigger={
              <button type="button" className="chip add">
                <Icon name="plus" />
                Filter
              </button>
            }
          >
            {adder}
          </Floating>
        )}
        {hasCompare && (
          <button type="button" className="toggle" role="switch" aria-checked={view.isCompared} onClick={toggleCompare}>
            Compare with previous <span className={previousMark === 'dash' ? 'k dash' : 'k'} aria-hidden="true" />
          </button>
        )}
      </div>
    </div>
  );
}
