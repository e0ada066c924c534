import { columnDecimals, Money } from '../components/index.ts';
import type { Stack } from './stack.ts';

/** The chart's figures as rows, newest first, with the sums below. */
export function StackTable({ stack, caption, unit }: { readonly stack: Stack; readonly caption: string; readonly unit: string }) {
  const decimals = columnDecimals([...stack.totals, ...stack.series.flatMap((series) => series.costs)]);
  const whole = stack.totals.reduce((sum: bigint, cost) => sum + cost, 0n);
  const rows = stack.buckets.map((bucket, index) => ({ bucket, index })).toReversed();
  return (
    <div className="ledger-wrap stack-table" tabIndex={0} role="group" aria-label={caption}>
      <table className="ledger">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{unit}</th>
            <th scope="col">Total</th>
            {stack.series.map((series) => (
              <th key={series.value ?? ' other'} scope="col">
                {series.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ bucket, index }) => (
            <tr key={bucket.key}>
              <th scope="row">{bucket.title}</th>
              <td>
                <Money pico={stack.totals[index] ?? 0n} decimals={decimals} />
              </td>
              {stack.series.map((series) => (
                <td key={series.value ?? ' other'}>
                  <Money pico={series.costs[index] ?? 0n} decimals={decimals} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            <td>
              <Money pico={whole} decimals={decimals} />
            </td>
            {stack.series.map((series) => (
              <td key={series.value ?? ' other'}>
                <Money pico={series.total} decimals={decimals} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
