import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AS_OF } from '../../../test/example-overview.ts';
import { renderInApp } from '../../../test/render.tsx';
import { RecentReports } from './recent-reports.tsx';

const report = {
  id: 'r-1',
  session_id: 's-1',
  tutor_id: 't-1',
  tutor_name: 'Maria',
  recipient_email: 'lead@example.com',
  status: 'failed' as const,
  attempts: 3,
  sent_at: null,
  next_attempt_at: null,
  error_message: '550',
  provider: null,
  created_at: AS_OF,
};

describe('RecentReports', () => {
  it('tells state, tutor and recipient, and opens the report', async () => {
    await renderInApp(<RecentReports reports={[report]} isPast={false} />);
    expect(screen.getByRole('listitem').textContent).toMatch(/^Failed.*Maria to lead@example\.com/);
    expect(screen.getByRole('link', { name: 'Report about Maria' }).getAttribute('href')).toBe('/reports?open=r-1');
    expect(screen.getByRole('link', { name: 'All reports' }).getAttribute('href')).toBe('/reports');
  });

  it('lets no name turn round the words beside it', async () => {
    const tutor_name = 'evil\u202etxt.exe';
    await renderInApp(<RecentReports reports={[{ ...report, tutor_name }]} isPast={false} />);
    expect(screen.getByText(tutor_name).tagName).toBe('BDI');
  });

  it('says on a past day that these are as they are now', async () => {
    const { unmount } = await renderInApp(<RecentReports reports={[report]} isPast={false} />);
    expect(screen.queryByText('Reports are shown as they are now.')).toBeNull();
    unmount();
    await renderInApp(<RecentReports reports={[report]} isPast />);
    expect(screen.getByText('Reports are shown as they are now.')).toBeDefined();
  });

  it('says when one is made while there is none', async () => {
    await renderInApp(<RecentReports reports={[]} isPast={false} />);
    expect(screen.getByText('No report has been made yet.')).toBeDefined();
  });
});
