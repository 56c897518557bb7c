import { expect, test } from 'vitest';
import { csvColumns, DEFAULT_COLUMNS, readColumns, toggleColumn, writeColumns } from './columns.ts';

test('shows the usual columns when the address names none, or none that exists', () => {
  expect(readColumns(undefined)).toEqual(DEFAULT_COLUMNS);
  expect(readColumns('')).toEqual(DEFAULT_COLUMNS);
  expect(readColumns('shoe_size')).toEqual(DEFAULT_COLUMNS);
});

test('shows each column once, in the order of the table', () => {
  expect(readColumns('updated,evidence,shoe_size,evidence')).toEqual(['evidence', 'updated']);
});

test('can show the name alone', () => {
  expect(readColumns(writeColumns([]))).toEqual([]);
});

test('adds a column at its place, and takes it away again', () => {
  const more = toggleColumn(['evidence', 'updated'], 'sessions');
  expect(more).toEqual(['evidence', 'sessions', 'updated']);
  expect(toggleColumn(more, 'sessions')).toEqual(['evidence', 'updated']);
});

test('asks for the file with the figures of the columns on screen, each once', () => {
  expect(
    csvColumns(['evidence', 'expected', 'rate', 'rate_7d', 'sessions', 'above', 'rule', 'active', 'updated'], 7),
  ).toEqual([
    'id',
    'name',
    'evidence',
    'risk_probability',
    'rise_signalled_at',
    'evidence_sessions',
    'evidence_reschedules',
    'expected_rate',
    'expected_rate_lower',
    'expected_rate_upper',
    'total_sessions_7d',
    'tutor_reschedules_7d',
    'reschedule_rate_7d',
    'risk_threshold',
    'is_high_risk',
    'is_active',
    'last_calculated_at',
  ]);
});
