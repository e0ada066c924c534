import { Change, legendDecimals, Money } from '../components/index.ts';
import { colourToken } from './series-colours.ts';
import type { Stack } from './stack.ts';

export type LegendTableProps = {
  readonly stack: Stack;
  readonly caption: string;
  readonly onPick: (value: string) => void;
};

/** The legend is a table: colour, name, figure, change; a press on a name narrows the page to it. */
export function LegendTable({ stack, caption, onPick }: LegendTableProps) {
  const decimals = legendDecimals(stack.series.map((series) => series.total));
  const isCompared = stack.previous !== undefined;
  return (
    <table className="legend">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Cost</th>
          {isCompared && <th scope="col">Change</th>}
        </tr>
      </thead>
      <tbody>
        {stack.series.map((series) => {
          const { value } = series;
          const swatch = <span className="swatch" style={{ background: colourToken(series.colour) }} />;
          return (
            <tr key={value ?? ' other'}>
              <th scope="row" title={series.name}>
                {value === undefined ? (
                  <span>
                    {swatch}
                    {series.name}
                  </span>
                ) : (
                  <button type="button" onClick={() => onPick(value)}>
                    {swatch}
                    {series.name}
                  </button>
                )}
              </th>
              <td>
                <Money pico={series.total} decimals={decimals} />
              </td>
              {isCompared && (
                <td>
                  <Change current={series.total} previous={series.previousTotal} />
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
