import { AxeBuilder } from '@axe-core/playwright';
import { makeBatch, makeEvent, type Collector } from '@llmobserve/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, type TestBrowser, type WatchedPage } from '../../src/open-browser.ts';
import { exactUsd, readProof, readRows, sidewaysPixels } from '../../src/read-page.ts';
import { startBuiltCollector } from '../../src/start-built-collector.ts';

const DAY_MS = 86_400_000;
const HOSTILE = '<img src=x onerror=alert(1)>';
/** Three weeks of calls by more customers than a table shows at first, with everything that a proof line can tell. */
const EVENTS = Array.from({ length: 400 }, (_, number) =>
  makeEvent({
    startedAt: new Date(Date.now() - (number % 21) * DAY_MS).toISOString(),
    ...(number % 50 === 7 ? {} : { customer: number % 40 === 3 ? HOSTILE : `customer-${number % 13}` }),
    model:
      ['gpt-4o-2024-08-06', 'gpt-4o-mini-2024-07-18', 'gpt-4.1-2025-04-14', 'model-of-nobody'][number % 17 === 0 ? 3 : number % 3] ?? '',
    usage: { input: 100 + number * 7, output: 10 + (number % 90) },
    ...(number % 20 === 5 ? { usageQuality: 'estimated' as const } : {}),
    section: `agent:${['researcher', 'writer'][number % 2]}/tool:search`,
  }),
);
const PAGES = [
  ['overview', '/'],
  ['overview as a table', '/?view=table&by=customer'],
  ['customers', '/customers'],
  ['a customer', '/customers/customer-3'],
  ['unattributed calls', '/unattributed'],
  ['live', '/live'],
  ['get started', '/get-started'],
] as const;

let browser: TestBrowser;
let collector: Collector;
let storageState: Awaited<ReturnType<ReturnType<WatchedPage['page']['context']>['storageState']>>;
beforeAll(async () => {
  [browser, collector] = await Promise.all([openBrowser(), startBuiltCollector({ env: { LLMOBSERVE_SIGN_IN_LINK: '1' } })]);
  const sent = await fetch(`${collector.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${collector.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(makeBatch(EVENTS)),
  });
  expect(await sent.json()).toMatchObject({ accepted: 400, rejected: [] });
  const { page } = await browser.openPage();
  await page.goto(collector.signInUrl ?? '');
  await page.getByTestId('total-cost').waitFor();
  storageState = await page.context().storageState();
});
afterAll(async () => {
  await browser.close();
  await collector.stop();
});

type Look = { readonly width: number; readonly colorScheme: 'light' | 'dark' };

async function open(path: string, { width, colorScheme }: Look): Promise<WatchedPage> {
  const watched = await browser.openPage({ storageState, viewport: { width, height: 900 }, colorScheme });
  await watched.page.goto(collector.url + path);
  await settle(watched);
  return watched;
}

/** All that was asked has been answered and drawn. */
async function settle({ page }: WatchedPage): Promise<void> {
  await page.locator('main').waitFor();
  await expect.poll(() => page.locator('[aria-busy=true], .skeleton, .is-stale').count()).toBe(0);
}

describe.each([
  { width: 1440, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const)('at $width px, $colorScheme', (look) => {
  test.each(PAGES)('%s has no fault, no barrier, and does not scroll sideways', async (_name, path) => {
    const watched = await open(path, look);
    expect(await sidewaysPixels(watched.page)).toBe(0);
    const { violations } = await new AxeBuilder({ page: watched.page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.target.join(' '))])).toEqual([]);
    expect(watched.faults).toEqual([]);
    await watched.page.context().close();
  });
});

const DESK: Look = { width: 1440, colorScheme: 'light' };

describe('the overview', () => {
  test('adds up: the rows make the total, and the total is the figure of the page', async () => {
    const { page } = await open('/', DESK);
    const table = page.getByRole('region', { name: 'Costliest customers' }).getByRole('table');
    const rows = await readRows(table);
    const total = await exactUsd(table.locator('tfoot'));
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.reduce((sum, row) => sum + picoOf(row.usd), 0n)).toBe(picoOf(total));
    expect(await exactUsd(page.getByTestId('total-cost'))).toBe(total);
  });

  test('writes money in two inks: quiet cents behind a dollar, quiet zeros before the digits that matter', async () => {
    const { page } = await open('/', DESK);
    const figure = page.getByTestId('total-cost').locator('data.money');
    expect(await figure.locator('b').count()).toBeGreaterThan(0);
    expect(await figure.locator('i').count()).toBeGreaterThan(0);
    const inks = await figure.evaluate((money) => [...money.children].map((part) => getComputedStyle(part).color));
    expect(new Set(inks).size).toBe(2);
  });

  test('proves how complete it is', async () => {
    const { page } = await open('/', DESK);
    // 24 calls of a model without a rate; one of them is also one of the 20 whose usage was estimated, and unpriced says more.
    expect(await readProof(page)).toEqual({ received: '400', priced: '94%', attributed: '98%', estimated: '4.8%', lost: '0' });
  });

  test('keeps the view in the address, so that back and forward walk through it', async () => {
    const watched = await open('/', DESK);
    const { page } = watched;
    const month = await exactUsd(page.getByTestId('total-cost'));
    await page.getByRole('button', { name: '7d', exact: true }).first().click();
    await expect.poll(() => new URL(page.url()).search).toBe('?range=7d');
    await expect.poll(() => exactUsd(page.getByTestId('total-cost'))).not.toBe(month);
    await settle(watched);
    const week = await exactUsd(page.getByTestId('total-cost'));
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Customers' }).click();
    await expect.poll(() => new URL(page.url()).pathname + new URL(page.url()).search).toBe('/customers?range=7d');
    await page.goBack();
    await settle(watched);
    await expect.poll(() => exactUsd(page.getByTestId('total-cost'))).toBe(week);
    await page.goBack();
    await expect.poll(() => exactUsd(page.getByTestId('total-cost'))).toBe(month);
    expect(new URL(page.url()).search).toBe('');
    await page.goForward();
    await expect.poll(() => new URL(page.url()).search).toBe('?range=7d');
    await page.reload();
    await settle(watched);
    expect(await exactUsd(page.getByTestId('total-cost'))).toBe(week);
    expect(watched.faults).toEqual([]);
  });

  test('changes its figures as calls come in, without a reload', async () => {
    const { page } = await open('/', DESK);
    const before = await exactUsd(page.getByTestId('total-cost'));
    await fetch(`${collector.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${collector.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(makeBatch([makeEvent({ customer: 'customer-1' })])),
    });
    await expect.poll(() => exactUsd(page.getByTestId('total-cost'))).not.toBe(before);
  });
});

test('the theme can be chosen, and the choice outlives a reload', async () => {
  const watched = await open('/', DESK);
  const { page } = watched;
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  for (const next of ['light', 'dark'])
    await page
      .getByRole('button', { name: new RegExp(`Switch to ${next}`) })
      .first()
      .click();
  const dark = await paper();
  expect(dark).not.toBe(light);
  await page.reload();
  await settle(watched);
  expect(await paper()).toBe(dark);
});

test('a customer is found by name, opened with the keyboard, and a hostile name is only a name', async () => {
  const watched = await open('/customers', DESK);
  const { page } = watched;
  await page.getByRole('searchbox', { name: 'Search customers' }).fill('img src');
  await expect.poll(() => page.locator('table.ledger tbody tr').count()).toBe(1);
  expect(await page.locator('table.ledger tbody th').innerText()).toContain(HOSTILE);
  await page.locator('table.ledger tbody tr').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('total-cost').waitFor();
  expect(decodeURIComponent(new URL(page.url()).pathname)).toBe(`/customers/${HOSTILE}`);
  expect(watched.faults).toEqual([]);
});

test('an address that leads nowhere says so', async () => {
  const watched = await open('/nowhere', DESK);
  await watched.page.getByText('There is no page here').waitFor();
});

function picoOf(usd: string | null): bigint {
  return BigInt((usd ?? '').replace('.', ''));
}
