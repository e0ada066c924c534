import type { Locator, Page } from 'playwright-core';

/** An amount as a reader can copy it, with all its decimals. */
export function exactUsd(money: Locator): Promise<string | null> {
  return money.locator('data.money').first().getAttribute('value');
}

/** The rows of a ledger: what is called, and what its first amount is to the last digit. */
export async function readRows(table: Locator): Promise<readonly { readonly name: string; readonly usd: string | null }[]> {
  return Promise.all(
    (await table.locator('tbody tr:not([aria-hidden])').all()).map(async (row) => ({
      name: (await row.locator('th a').innerText()).trim(),
      usd: await exactUsd(row),
    })),
  );
}

/** The figures of the proof line by name, such as `received`. */
export async function readProof(page: Page): Promise<Readonly<Record<string, string>>> {
  const parts = await page.locator('[data-proof]').all();
  const pairs = await Promise.all(parts.map(async (part) => [await part.getAttribute('data-proof'), await part.locator('b').innerText()]));
  return Object.fromEntries(pairs);
}

/** How much of a page lies beyond its right edge; 0 when nothing scrolls it sideways. */
export function sidewaysPixels(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
