import { legendDecimals, Money } from '../components/index.ts';
import { slotOf } from './plot.ts';
import type { Plot } from './plot.ts';
import { colourToken } from './series-colours.ts';
import type { Stack } from './stack.ts';

type ChartTooltipProps = { readonly stack: Stack; readonly index: number; readonly plot: Plot };

const WIDTH_PX = 248;
const GAP_PX = 10;

/** One bar in figures, dearest first, beside the pointer. */
export function ChartTooltip({ stack, index, plot }: ChartTooltipProps) {
  const bucket = stack.buckets[index];
  if (!bucket) return null;
  const parts = stack.series
    .map((series) => ({ series, cost: series.costs[index] ?? 0n }))
    .filter((part) => part.cost > 0n)
    .toSorted((a, b) => (b.cost > a.cost ? 1 : b.cost < a.cost ? -1 : 0));
  const total = stack.totals[index] ?? 0n;
  const previous = stack.previous?.[index];
  const decimals = legendDecimals([...parts.map((part) => part.cost), total, previous ?? 0n]);
  return (
    <div className="tooltip" aria-hidden="true" style={{ left: leftOf(plot, index), top: plot.top, width: WIDTH_PX }}>
      <h3>
        {bucket.title} {previous !== undefined && <span>vs {stack.previousTitles[index]}</span>}
      </h3>
      <ul>
        {parts.length > 1 &&
          parts.map(({ series, cost }) => (
            <li key={series.value ?? ''}>
              <span className="swatch" style={{ background: colourToken(series.colour) }} />
              <span className="name">{series.name}</span>
              <Money pico={cost} decimals={decimals} />
            </li>
          ))}
        <li className={parts.length > 1 ? 'sum' : 'sum is-only'}>
          Total <Money pico={total} decimals={decimals} />
        </li>
        {previous !== undefined && (
          <li className="sum is-previous">
            Previous <Money pico={previous} decimals={decimals} />
          </li>
        )}
      </ul>
    </div>
  );
}

/** Right of the bar, or left of it where the right has no room. */
function leftOf(plot: Plot, index: number): number {
  const { x, width } = slotOf(plot, index);
  const right = plot.left + x + width + GAP_PX;
  const hasRoom = right + WIDTH_PX <= plot.left + plot.width;
  return hasRoom ? right : Math.max(0, plot.left + x - GAP_PX - WIDTH_PX);
}
