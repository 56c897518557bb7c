import { expect, test } from 'vitest';
import { tutorCsvQuery, tutorListQuery } from '../../../../src/contract/tutors.ts';
import { COLUMNS } from './columns.ts';
import { changed, csvPath, pageOf, readTutorsSearch } from './tutors-search.ts';

const asked = {
  search: 'Lopez & Söhne',
  as_of: '2026-10-03',
  evidence: 'flagged',
  risk_status: 'high_risk',
  window_days: '7',
  rate_from: '10',
  page: '3',
};

test('asks for the page that the address names', () => {
  expect(pageOf(readTutorsSearch(asked))).toMatchObject({ limit: 50, offset: 100, window_days: 7, rate_from: 10 });
});

test('asks the API for nothing that it does not know', () => {
  const values = Object.entries(pageOf(readTutorsSearch(asked))).filter(([, value]) => value !== undefined);
  const query = Object.fromEntries(values.map(([name, value]) => [name, String(value)]));
  expect(tutorListQuery.safeParse(query).error).toBeUndefined();
});

test('takes the whole selection as a file, with every column the API knows by that name', () => {
  const columns = COLUMNS.map(({ name }) => name).join(',');
  const path = csvPath(readTutorsSearch({ ...asked, columns, sort_by: 'name', sort_order: 'asc' }));
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const { data } = tutorCsvQuery.safeParse(Object.fromEntries(searchParams));
  expect(pathname).toBe('/api/tutors.csv');
  expect(data).toMatchObject({
    search: 'Lopez & Söhne',
    as_of: '2026-10-03',
    evidence: 'flagged',
    risk_status: 'high_risk',
    window_days: 7,
    rate_from: 10,
    sort_by: 'name',
    sort_order: 'asc',
  });
  expect(data?.columns).toContain('reschedule_rate_90d');
});

test('keeps in the address only what is not as usual, and begins again at the first page', () => {
  const search = readTutorsSearch({ ...asked, page: '3' });
  const change = { evidence: 'all', risk_status: 'all', search: undefined } as const;
  expect(changed(search, change)).toEqual({ as_of: '2026-10-03', window_days: 7, rate_from: 10 });
  expect(changed(search, { page: 4 })).toMatchObject({ page: 4, risk_status: 'high_risk' });
});
