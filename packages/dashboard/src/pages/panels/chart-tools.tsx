import { curlCommand } from '../../api/index.ts';
import { stackCsv } from '../../charts/index.ts';
import type { Stack } from '../../charts/index.ts';
import { CopyButton, Icon } from '../../components/index.ts';
import { useView } from '../../filters/index.ts';
import { saveText } from './save-text.ts';

type ChartToolsProps = { readonly stack: Stack | undefined; readonly path: string; readonly name: string };

/** Every chart is also a table, an API call and a file. */
export function ChartTools({ stack, path, name }: ChartToolsProps) {
  const [view, change] = useView();
  const label = view.isTable ? 'View as chart' : 'View as table';
  return (
    <div className="end">
      <button
        type="button"
        className="button ghost small square"
        aria-label={label}
        title={label}
        aria-pressed={view.isTable}
        onClick={() => change({ isTable: !view.isTable })}
      >
        <Icon name={view.isTable ? 'chart' : 'table'} />
      </button>
      <CopyButton
        text={curlCommand(globalThis.location.origin, path)}
        label="Copy as API call"
        icon="code"
        className="button ghost small hide-small"
      />
      <button
        type="button"
        className="button ghost small square hide-small"
        aria-label="Export as CSV"
        title="Export as CSV"
        disabled={!stack}
        onClick={() => stack && saveText(`${name}.csv`, stackCsv(stack))}
      >
        <Icon name="download" />
      </button>
    </div>
  );
}
