import { expect, it } from 'vitest';
import { PAGES } from '../src/contract/pages.ts';
import { paths } from '../web/src/paths.ts';

it('answers every address of the dashboard with a page', () => {
  const addresses = Object.values(paths).map((path) => path.replaceAll('$', ':'));
  expect(addresses.length).toBeGreaterThan(4);
  expect(addresses.filter((address) => !PAGES.some((page) => page === address))).toEqual([]);
});
