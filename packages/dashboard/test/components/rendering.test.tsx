import { parseUsd } from '@llmobserve/protocol';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';

import { LegendTable } from '../../src/charts/legend-table.tsx';
import { Sparkline } from '../../src/charts/sparkline.tsx';
import { StackTable } from '../../src/charts/stack-table.tsx';
import { stackSeries } from '../../src/charts/stack-series.ts';
import { Change } from '../../src/components/change.tsx';
import { LedgerTable } from '../../src/components/ledger-table.tsx';
import { Money } from '../../src/components/money.tsx';
import { Failure, Notice } from '../../src/components/notice.tsx';
import { ProofLine } from '../../src/components/proof-line.tsx';
import { Segments } from '../../src/components/segments.tsx';
import { BUCKETS, reportOf } from '../cost-report.ts';

const usd = (text: string): bigint => parseUsd(text) ?? 0n;
const textOf = (markup: string): string =>
  markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

test('money has two inks, and all its digits in value and title', () => {
  expect(renderToStaticMarkup(<Money pico={usd('96318.44')} />)).toBe(
    '<data class="money" value="96318.440000000000" title="$96,318.440000000000"><b>$96,318</b><i>.44</i></data>',
  );
  expect(renderToStaticMarkup(<Money pico={usd('0.00000016')} decimals={8} />)).toContain('<i>$0.000000</i><b>16</b>');
});

test('a change is an arrow with a word for those who do not see it', () => {
  const markup = renderToStaticMarkup(<Change current={124n} previous={100n} />);
  expect(textOf(markup)).toBe('up 24.0%');
  expect(renderToStaticMarkup(<Change current={1n} previous={undefined} />)).toBe('');
  expect(textOf(renderToStaticMarkup(<Change current={1n} previous={0n} />))).toBe('new');
});

test('the proof line says received, priced, attributed, estimated and lost', () => {
  const proof = { received: 10_000, unpriced: 2, estimated: 40, unattributed: 140, lost: 3 };
  const markup = renderToStaticMarkup(
    <ProofLine proof={proof} freshness="Newest call 2 s ago" findRest={<a href="/unattributed">find the rest</a>} />,
  );
  expect(markup).toContain('<section class="proof" aria-label="Proof">');
  expect(textOf(markup)).toBe(
    '10,000 calls received 99.98% priced 98.6% attributed find the rest 0.4% estimated 3 lost Newest call 2 s ago',
  );
});

test('with every call attributed there is no rest to find', () => {
  const proof = { received: 1, unpriced: 0, estimated: 0, unattributed: 0, lost: 0 };
  expect(textOf(renderToStaticMarkup(<ProofLine proof={proof} findRest={<a href="/x">find the rest</a>} />))).toBe(
    '1 call received 100% priced 100% attributed 0% estimated 0 lost',
  );
});

test('without calls the proof line claims nothing about them', () => {
  const proof = { received: 0, unpriced: 0, estimated: 0, unattributed: 0, lost: 2 };
  expect(textOf(renderToStaticMarkup(<ProofLine proof={proof} />))).toBe('0 calls received 2 lost');
  expect(textOf(renderToStaticMarkup(<ProofLine proof={undefined} />))).toBe('Counting calls');
  expect(textOf(renderToStaticMarkup(<ProofLine proof={undefined} hasFailed />))).toBe(
    'How complete these figures are is not known right now',
  );
});

type Row = { readonly name: string; readonly cost: bigint };

test('a ledger has row heads, a sorted column and a total row', () => {
  const rows: readonly Row[] = [
    { name: '<script>alert(1)</script>', cost: usd('12.5') },
    { name: 'acme', cost: usd('2') },
  ];
  const markup = renderToStaticMarkup(
    <LedgerTable
      caption="Costliest customers"
      columns={[
        { id: 'name', header: 'Customer', cell: (row: Row) => row.name, total: 'Total' },
        {
          id: 'cost',
          header: 'Cost',
          sortKey: 'cost',
          cell: (row: Row) => <Money pico={row.cost} decimals={2} />,
          total: <Money pico={usd('14.5')} decimals={2} />,
        },
      ]}
      rows={rows}
      rowId={(row) => row.name}
      sort={{ key: 'cost', isDescending: true }}
      onSort={() => undefined}
    />,
  );
  expect(markup).toContain('<caption class="sr-only">Costliest customers</caption>');
  expect(markup).toContain('<th scope="col" aria-sort="descending"><button type="button">Cost ↓</button></th>');
  expect(markup).toContain('<th scope="row">&lt;script&gt;alert(1)&lt;/script&gt;</th>');
  expect(textOf(markup.slice(markup.indexOf('<tfoot>')))).toBe('Total $14 .50');
});

test('rows that open can be reached by keyboard, others are left alone', () => {
  const table = (onOpen?: () => void): string =>
    renderToStaticMarkup(
      <LedgerTable
        caption="Rows"
        columns={[{ id: 'name', header: 'Name', cell: (row: Row) => row.name }]}
        rows={[{ name: 'acme', cost: 1n }]}
        rowId={(row) => row.name}
        isChosen={() => true}
        {...(onOpen ? { onOpen } : {})}
      />,
    );
  expect(table(() => undefined)).toContain('<tr tabindex="0" class="is-on" data-opens="">');
  expect(table()).toContain('<tr class="is-on">');
});

test('legend and table of a chart show the same sums', () => {
  const stack = stackSeries({
    report: reportOf('model', [{ name: 'gpt', costs: [usd('1'), usd('2'), usd('3')], previous: usd('3') }]),
    dimension: 'model',
    buckets: BUCKETS,
    previousBuckets: [],
    keyOf: (at) => at.slice(0, 10),
    nameOf: String,
    colourOf: () => 1,
  });
  const legend = renderToStaticMarkup(<LegendTable stack={stack} caption="Cost by model" onPick={() => undefined} />);
  expect(textOf(legend)).toBe('Cost by model Name Cost Change gpt $6 .00 up 100.0%');
  const table = textOf(renderToStaticMarkup(<StackTable stack={stack} caption="Cost by day" unit="Day" />));
  expect(table).toContain('2026-11-20 $3 .00 $3 .00 2026-11-19 $2 .00');
  expect(table).toMatch(/Total \$6 \.00 \$6 \.00$/);
});

test('an empty state speaks, a failure names its request', () => {
  expect(
    textOf(
      renderToStaticMarkup(
        <Notice icon="live" title="No calls yet" actions={<a href="/x">Connect your app</a>}>
          Nothing came in.
        </Notice>,
      ),
    ),
  ).toBe('No calls yet Nothing came in. Connect your app');
  const failure = renderToStaticMarkup(
    <Failure title="The database is busy" detail="It did not answer." requestId="req_1" onRetry={() => undefined} />,
  );
  expect(failure).toContain('role="alert"');
  expect(textOf(failure)).toBe('The database is busy It did not answer. Request req_1 . Try again');
});

test('of a row of buttons one is pressed, and a sparkline is told in a word', () => {
  const segments = [
    { value: 'a', label: 'A' },
    { value: 'b', label: 'B' },
  ] as const;
  expect(renderToStaticMarkup(<Segments label="Divide by" segments={segments} value="b" onChange={() => undefined} />)).toBe(
    '<div class="segments" role="group" aria-label="Divide by"><button type="button" aria-pressed="false">A</button><button type="button" aria-pressed="true">B</button></div>',
  );
  expect(renderToStaticMarkup(<Sparkline values={[1n, 9n]} label="Cost of the last 14 days" />)).toContain(
    'aria-label="Cost of the last 14 days, rising"',
  );
});
