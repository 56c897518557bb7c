import { expect, test } from 'vitest';
import { changed, readFunnelSearch } from './funnel-search.ts';

test('looks at active tutors over 90 days unless the address says otherwise', () => {
  expect(readFunnelSearch({})).toMatchObject({ window_days: 90, is_active: 'true', page: 1 });
  expect(readFunnelSearch({ window_days: '7', is_active: 'all', page: '3', as_of: '2026-10-31' })).toMatchObject({
    window_days: 7,
    is_active: 'all',
    page: 3,
    as_of: '2026-10-31',
  });
});

test('reads bounds of whole sessions and tenths of a per cent', () => {
  expect(readFunnelSearch({ sessions_from: '20', sessions_to: '40', rate_from: '12.5', rate_to: '100' })).toMatchObject(
    {
      sessions_from: 20,
      sessions_to: 40,
      rate_from: 12.5,
      rate_to: 100,
    },
  );
});

test('reads a rate to the tenth', () => {
  expect(readFunnelSearch({ rate_from: '12.34', rate_to: '15.06' })).toMatchObject({ rate_from: 12.3, rate_to: 15.1 });
});

test.each([
  { window_days: '14' },
  { is_active: 'maybe' },
  { sessions_from: '2.5' },
  { sessions_to: '-1' },
  { rate_to: '101' },
  { rate_from: '' },
  { page: '0' },
  { as_of: '2026-02-30' },
])('counts as absent what it cannot read: %o', (raw) => {
  expect(readFunnelSearch(raw)).toEqual(readFunnelSearch({}));
});

test('keeps defaults out of the address, and begins with the first page after a change', () => {
  const search = readFunnelSearch({ page: '4', rate_from: '15' });
  expect(changed(search, { window_days: 30 })).toEqual({ window_days: 30, rate_from: 15 });
  expect(changed(search, { rate_from: undefined, window_days: 90 })).toEqual({});
  expect(changed(search, { page: 5 })).toEqual({ rate_from: 15, page: 5 });
});
