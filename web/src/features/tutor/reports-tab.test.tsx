import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderInApp } from '../../../test/render.tsx';
import { Reports } from './reports-tab.tsx';
import { readTutorSearch } from './tutor-search.ts';

const view = { id: 'tutor-1', search: readTutorSearch({ tab: 'reports' }) };
const report = {
  id: 'report-1',
  session_id: 's1',
  tutor_id: 'tutor-1',
  tutor_name: 'Maria Lopez',
  recipient_email: 'ops@example.com',
  status: 'failed',
  attempts: 3,
  sent_at: null,
  next_attempt_at: null,
  error_message: 'refused',
  provider: 'smtp',
  created_at: '2026-11-10T12:00:00.000Z',
} as const;

test('shows what became of each mail and opens it among the reports', async () => {
  await renderInApp(<Reports view={view} reports={[report]} total={1} />);
  expect(screen.getByRole('cell', { name: 'Failed' })).toBeTruthy();
  expect(screen.getByRole('cell', { name: 'ops@example.com' })).toBeTruthy();
  expect(screen.getByRole('cell', { name: '3' })).toBeTruthy();
  const link = screen.getByRole('link', { name: /^Open report/ });
  expect(link.getAttribute('href')).toBe('/reports?tutor_id=tutor-1&open=report-1');
});

test('says that there are none, and when there will be', async () => {
  await renderInApp(<Reports view={view} reports={[]} total={0} />);
  expect(screen.getByText('No report about this tutor yet.')).toBeTruthy();
});
