import { parseUsd } from '@llmobserve/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { customerRows } from '../../src/pages/overview/customer-rows.ts';
import { reportOf, sum } from '../cost-report.ts';

test('named customers, all others and unattributed calls are the rows, in that order', () => {
  const groups = [
    { name: 'acme', costs: [50n, 0n, 0n], previous: 10n },
    { name: 'globex', costs: [30n, 0n, 0n] },
  ];
  const hidden = [
    { name: 'x', costs: [10n, 0n, 0n] },
    { name: 'y', costs: [5n, 0n, 0n] },
    { name: null, costs: [5n, 0n, 0n] },
  ];
  const { rows, total, customers } = customerRows(
    reportOf('customer', groups, hidden),
    reportOf('customer', [{ name: null, costs: [5n, 0n, 0n] }]),
  );
  expect(rows.map((row) => [row.kind, row.id, row.customers, row.cost])).toEqual([
    ['customer', 'acme', 1, 50n],
    ['customer', 'globex', 1, 30n],
    ['others', '', 2, 15n],
    ['unattributed', '', 0, 5n],
  ]);
  expect(total.cost).toBe(100n);
  expect(customers).toBe(4);
});

test('unattributed calls among the dearest are shown once', () => {
  const nobody = { name: null, costs: [90n, 0n, 0n] };
  const report = reportOf('customer', [nobody, { name: 'acme', costs: [10n, 0n, 0n] }]);
  const { rows, customers } = customerRows(report, undefined);
  expect(rows.map((row) => row.kind)).toEqual(['customer', 'unattributed']);
  expect(customers).toBe(1);
});

test('while every call has a customer there is no row for the rest', () => {
  const { rows } = customerRows(reportOf('customer', [{ name: 'acme', costs: [10n, 2n, 0n] }]), undefined);
  expect(rows.map((row) => row.key)).toEqual(['customer acme']);
  expect(rows[0]?.trend).toEqual([10n, 2n, 0n]);
});

test('until unattributed calls are told apart they count among the others', () => {
  const hidden = [
    { name: 'x', costs: [10n, 0n, 0n] },
    { name: null, costs: [5n, 0n, 0n] },
  ];
  const { rows, total } = customerRows(reportOf('customer', [{ name: 'acme', costs: [50n, 0n, 0n] }], hidden), undefined);
  expect(rows.map((row) => [row.kind, row.cost])).toEqual([
    ['customer', 50n],
    ['others', 15n],
  ]);
  expect(total.cost).toBe(65n);
});

test('the rows add up to the total to the last digit', () => {
  const anyCosts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(anyCosts, { maxLength: 8 }), fc.array(anyCosts, { maxLength: 5 }), anyCosts, (shown, hidden, nobodyCosts) => {
      const nobody = { name: null, costs: nobodyCosts };
      const named = shown.map((costs, index) => ({ name: `c${index}`, costs }));
      const rest = [...hidden.map((costs, index) => ({ name: `h${index}`, costs })), nobody];
      const report = reportOf('customer', named, rest);
      const { rows, total } = customerRows(report, reportOf('customer', [nobody]));
      expect(sum(rows.map((row) => row.cost))).toBe(parseUsd(report.total.costUsd));
      expect(rows.reduce((calls, row) => calls + row.calls, 0)).toBe(total.calls);
    }),
  );
});
