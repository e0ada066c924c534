import type { Collector } from '@llmobserve/testkit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createProject } from '../../src/create-project.ts';
import { LEDGER, reckonByCustomer, reckonTotal } from '../../src/ledger.ts';
import { openBrowser, type TestBrowser, type WatchedPage } from '../../src/open-browser.ts';
import { exactUsd, readProof, readRows } from '../../src/read-page.ts';
import { startProviders, type Providers } from '../../src/start-providers.ts';
import { startBuiltCollector } from '../../src/start-built-collector.ts';

let browser: TestBrowser;
let collector: Collector;
let providers: Providers;
let watched: WatchedPage;
beforeAll(async () => {
  [browser, collector, providers] = await Promise.all([
    openBrowser(),
    startBuiltCollector({ env: { LLMOBSERVE_SIGN_IN_LINK: '1' } }),
    startProviders(),
  ]);
  const project = createProject({ tarball: inject('tarball'), type: 'module' });
  expect(await project.run('esm.mjs', providers.env(collector, collector.key, LEDGER))).toMatchObject({ code: 0, stderr: '' });
  watched = await browser.openPage();
  await watched.page.goto(collector.signInUrl ?? '');
});
afterAll(async () => {
  await browser.close();
  await collector.stop();
  await providers.close();
});

const byHand = reckonByCustomer(LEDGER).map(({ customer, costUsd }) => ({ name: customer, usd: costUsd }));

test('the overview shows each customer with what was reckoned by hand, and their sum', async () => {
  const { page } = watched;
  const table = page.getByRole('region', { name: 'Costliest customers' }).getByRole('table');
  await table.waitFor();
  expect(await readRows(table)).toEqual(byHand);
  expect(await exactUsd(table.locator('tfoot'))).toBe(reckonTotal(LEDGER));
  expect(await exactUsd(page.getByTestId('total-cost'))).toBe(reckonTotal(LEDGER));
});

test('the customers page shows the same', async () => {
  const { page } = watched;
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Customers' }).click();
  const table = page.getByRole('region', { name: 'All customers' }).getByRole('table');
  await table.waitFor();
  expect(await readRows(table)).toEqual(byHand);
});

test.each(byHand)('the page of $name shows what it costs', async ({ name, usd }) => {
  const { page } = watched;
  await page.goto(`${collector.url}/customers/${name}`);
  await page.getByTestId('total-cost').locator('data.money').waitFor();
  expect(await exactUsd(page.getByTestId('total-cost'))).toBe(usd);
});

test('the proof line says that nothing is missing', async () => {
  const { page, faults } = watched;
  await page.goto(collector.url);
  await page.locator('[data-proof=received]').waitFor();
  expect(await readProof(page)).toEqual({ received: '24', priced: '100%', attributed: '100%', estimated: '12.5%', lost: '0' });
  expect(faults).toEqual([]);
});
