import type { Page } from 'playwright-core';

/** Waits until a page has its figures: no skeleton stands in for anything, nor what was asked before. Asks the page nothing that its policy forbids. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page
    .getByRole('status')
    .filter({ hasText: /^Loading/ })
    .first()
    .waitFor({ state: 'detached' });
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('load');
}
