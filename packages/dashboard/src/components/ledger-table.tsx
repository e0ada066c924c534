import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useMemo, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';

import { useVirtualRows } from './use-virtual-rows.ts';

export type LedgerColumn<Row> = {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly isText?: boolean;
  /** Left away where there is little room. */
  readonly isWide?: boolean;
  /** What to sort by when its head is pressed; without it the column cannot be sorted. */
  readonly sortKey?: string;
  readonly total?: ReactNode;
  /** Left away altogether, as when there is nothing to compare with. */
  readonly isHidden?: boolean;
};

export type LedgerSort = { readonly key: string; readonly isDescending: boolean };

export type LedgerTableProps<Row> = {
  readonly caption: string;
  readonly columns: readonly LedgerColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly sort?: LedgerSort | undefined;
  readonly onSort?: (key: string) => void;
  readonly onOpen?: (row: Row) => void;
  readonly isChosen?: (row: Row) => boolean;
  /** All rows there are, when only those in sight are drawn. */
  readonly virtual?: { readonly rowCount: number; readonly onReachEnd: () => void };
};

const features = tableFeatures({});

/** A ledger: text left, figures right, arrows walk the rows, Enter opens one; the last row can be the total. */
export function LedgerTable<Row extends object>(props: LedgerTableProps<Row>) {
  const { rows, rowId, virtual } = props;
  const columns = useMemo(() => props.columns.filter((column) => !column.isHidden), [props.columns]);
  const table = useTable({ features, columns: useColumns(columns), data: rows, getRowId: rowId });
  const body = useRef<HTMLTableSectionElement>(null);
  const models = table.getRowModel().rows;
  const window = useVirtualRows({ body, count: models.length, virtual });
  const hasTotal = columns.some((column) => column.total !== undefined);
  return (
    <div className="ledger-wrap">
      <table className="ledger" {...(virtual ? { 'aria-rowcount': virtual.rowCount + 1 } : {})}>
        <caption className="sr-only">{props.caption}</caption>
        <LedgerHead {...props} columns={columns} />
        <tbody ref={body}>
          {window.beforePx > 0 && <tr aria-hidden="true" className="ledger-gap" style={{ height: window.beforePx }} />}
          {models.slice(window.first, window.last).map((model, index) => (
            <tr
              key={model.id}
              tabIndex={props.onOpen ? 0 : undefined}
              className={props.isChosen?.(model.original) ? 'is-on' : undefined}
              data-opens={props.onOpen ? '' : undefined}
              {...(virtual ? { 'aria-rowindex': window.first + index + 2 } : {})}
              onClick={(event) => !isControl(event.target) && props.onOpen?.(model.original)}
              onKeyDown={(event) => pressRow(event, () => props.onOpen?.(model.original))}
            >
              {model.getAllCells().map((cell, place) => (
                <LedgerCell key={cell.id} column={columns[place]} isFirst={place === 0}>
                  <table.FlexRender cell={cell} />
                </LedgerCell>
              ))}
            </tr>
          ))}
          {window.afterPx > 0 && <tr aria-hidden="true" className="ledger-gap" style={{ height: window.afterPx }} />}
        </tbody>
        {hasTotal && <LedgerTotal columns={columns} />}
      </table>
    </div>
  );
}

function useColumns<Row extends object>(columns: readonly LedgerColumn<Row>[]) {
  return useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map((column) =>
      helper.display({ id: column.id, header: column.header, cell: (context) => column.cell(context.row.original) }),
    );
  }, [columns]);
}

function LedgerHead<Row>({ columns, sort, onSort }: Pick<LedgerTableProps<Row>, 'columns' | 'sort' | 'onSort'>) {
  return (
    <thead>
      <tr>
        {columns.map(({ id, header, sortKey, ...column }) => {
          const isSorted = sortKey !== undefined && sort?.key === sortKey;
          const arrow = isSorted ? (sort.isDescending ? ' ↓' : ' ↑') : '';
          return (
            <th
              key={id}
              scope="col"
              className={classOf(column)}
              aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
            >
              {sortKey && onSort ? (
                <button type="button" onClick={() => onSort(sortKey)}>
                  {header}
                  {arrow}
                </button>
              ) : (
                header + arrow
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

type CellProps<Row> = { readonly column: LedgerColumn<Row> | undefined; readonly isFirst: boolean; readonly children: ReactNode };

function LedgerCell<Row>({ column, isFirst, children }: CellProps<Row>) {
  const className = classOf(column ?? {});
  return isFirst ? (
    <th scope="row" className={className}>
      {children}
    </th>
  ) : (
    <td className={className}>{children}</td>
  );
}

function LedgerTotal<Row>({ columns }: { readonly columns: readonly LedgerColumn<Row>[] }) {
  return (
    <tfoot>
      <tr>
        {columns.map((column, place) => (
          <LedgerCell key={column.id} column={column} isFirst={place === 0}>
            {column.total}
          </LedgerCell>
        ))}
      </tr>
    </tfoot>
  );
}

function classOf(column: { readonly isText?: boolean; readonly isWide?: boolean }): string | undefined {
  const names = [column.isText && 'is-left', column.isWide && 'hide-small'].filter(Boolean);
  return names.length > 0 ? names.join(' ') : undefined;
}

/** A press on a link or button inside a row is its own. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button') !== null;
}

/** Arrows walk the rows, Enter opens the one that has the focus. */
function pressRow(event: KeyboardEvent<HTMLElement>, open: () => void): void {
  if (event.key === 'Enter' && event.target === event.currentTarget) open();
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const row = event.target instanceof Element ? event.target.closest('tr') : null;
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
  if (!(next instanceof HTMLElement) || next.tabIndex < 0) return;
  event.preventDefault();
  next.focus();
}
