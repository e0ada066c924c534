import { makeBatch, makeEvent, type Collector } from '@llmobserve/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser, type WatchedPage } from '../../src/open-browser.ts';
import { startBuiltCollector } from '../../src/start-built-collector.ts';

let browser: TestBrowser;
let collector: Collector;
let watched: WatchedPage;
let apiKey: string;
beforeAll(async () => {
  // No key is given: as `npm start` alone begins.
  [browser, collector] = await Promise.all([openBrowser(), startBuiltCollector({ keys: [] })]);
  watched = await browser.openPage();
});
afterAll(async () => {
  await browser.close();
  await collector.stop();
});

const owner = { name: 'Ada Owner', email: 'ada@example.com', password: 'correct horse battery' };

test('whoever comes first is asked to become the owner, and gets a key', async () => {
  const { page } = watched;
  await page.goto(collector.url);
  await page.getByRole('heading', { name: 'Create the owner' }).waitFor();
  await page.getByLabel('Your name').fill(owner.name);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: 'Create owner and key' }).click();
  apiKey = await page.getByTestId('first-key').innerText();
  expect(apiKey).toMatch(/^llmo_sk_\w{38}$/);
});

test('the first priced call appears beside the steps as soon as it happens', async () => {
  const { page } = watched;
  const send = () =>
    fetch(`${collector.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(makeBatch([makeEvent({ customer: 'first-customer' })])),
    });
  expect((await send()).status).toBe(200);
  await page.getByText('first-customer').first().waitFor();
});

test('the owner signs out, is refused with a wrong password, and comes back with the right one', async () => {
  const { page } = watched;
  await page.goto(collector.url);
  await page
    .getByRole('button', { name: /Ada Owner|Account/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill('wrong horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('E-mail and password do not belong together.').waitFor();
  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByTestId('total-cost').waitFor();
});

test('nobody else can become the owner, and nobody sees anything without signing in', async () => {
  const stranger = await browser.openPage();
  await stranger.page.goto(`${collector.url}/setup`);
  await stranger.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await stranger.page.goto(`${collector.url}/customers`);
  await stranger.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  const refused = await fetch(`${collector.url}/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: collector.url },
    body: JSON.stringify({ ...owner, email: 'eve@example.com' }),
  });
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(refused.status).toBeLessThan(500);
});

test('nothing went wrong on the way but the password that was refused', () => {
  expect(watched.faults.filter((fault) => !/40[13]/.test(fault))).toEqual([]);
});
