import { expect, test } from 'vitest';
import { addressOf, csvPath, readAuditSearch, selectionOf } from './audit-search.ts';

test('reads what the API takes, and counts all else as absent', () => {
  const asked = { from: '2026-10-01', to: '2026-02-30', action: 'exported', subject: 'weather', page: '3', actor: '' };
  expect(readAuditSearch(asked)).toEqual({
    from: '2026-10-01',
    to: undefined,
    action: 'exported',
    subject: 'all',
    actor: undefined,
    subject_id: undefined,
    page: 3,
  });
  expect(readAuditSearch({ actor: 'a'.repeat(255) }).actor).toHaveLength(200);
});

test('asks for its page of the selection, and for all of it as CSV', () => {
  const search = readAuditSearch({ action: 'saw', actor: 'backup by root', page: 2 });
  expect(selectionOf(search)).toMatchObject({ action: 'saw', subject: undefined, limit: 50, offset: 50 });
  expect(csvPath(search)).toBe('/api/audit.csv?action=saw&actor=backup+by+root');
});

test('begins another selection with its first page', () => {
  const search = readAuditSearch({ action: 'saw', page: 2 });
  expect(addressOf(search, { subject: 'report' })).toEqual({ action: 'saw', subject: 'report' });
  expect(addressOf(search, { page: 3 })).toEqual({ action: 'saw', page: 3 });
});
