import { expect, test } from 'vitest';
import { csvColumns, DEFAULT_COLUMNS, readColumns, toggleColumn, writeColumns } from './columns.ts';

test('shows the usual columns when the address names none, or none that exists', () => {
  expect(readColumns(undefined)).toEqual(DEFAULT_COLUMNS);
  expect(readColumns('')).toEqual(DEFAULT_COLUMNS);
  expect(readColumns('shoe_size')).toEqual(DEFAULT_COLUMNS);
});

test('shows each column once, in the order of the table', () => {
  expect(readColumns('updated,risk,shoe_size,risk')).toEqual(['risk', 'updated']);
});

test('can show the name alone', () => {
  expect(readColumns(writeColumns([]))).toEqual([]);
});

test('adds a column at its place, and takes it away again', () => {
  const more = toggleColumn(['risk', 'updated'], 'sessions');
  expect(more).toEqual(['risk', 'sessions', 'updated']);
  expect(toggleColumn(more, 'sessions')).toEqual(['risk', 'updated']);
});

test('asks for the file with the figures of the columns on screen, each once', () => {
  expect(csvColumns(['risk', 'rate', 'rate_7d', 'sessions', 'above', 'active', 'updated'], 7)).toEqual([
    'id',
    'name',
    'is_high_risk',
    'total_sessions_7d',
    'tutor_reschedules_7d',
    'reschedule_rate_7d',
    'risk_threshold',
    'is_active',
    'last_calculated_at',
  ]);
});
