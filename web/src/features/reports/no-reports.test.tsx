import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderInApp } from '../../../test/render.tsx';
import { NoReports } from './no-reports.tsx';
import { type ReportsSearch, readReportsSearch } from './reports-search.ts';

const NONE = { pending: 0, sending: 0, sent: 0, failed: 0 };

describe('a list without reports', () => {
  it('says when reports are made, while there are none at all', async () => {
    await show({});
    expect(screen.getByText('No reports yet.')).toBeDefined();
    expect(screen.getByText('A report is made for each session received within 48 hours of its end.')).toBeTruthy();
  });

  it('leads from one tutor without reports to all tutors', async () => {
    await show({ tutor_id: 'one' });
    expect(screen.getByRole('link').getAttribute('href')).toBe('/reports');
  });

  it('leads from a state without reports to all states of the same tutor', async () => {
    await show({ status: 'failed', tutor_id: 'one' }, { ...NONE, sent: 2 });
    expect(screen.getByText('No report is failed now.')).toBeDefined();
    expect(screen.getByRole('link').getAttribute('href')).toBe('/reports?tutor_id=one');
  });

  it('leads from a page past the end to the first', async () => {
    await show({ status: 'sent', page: 9 }, { ...NONE, sent: 2 }, 2);
    expect(screen.getByRole('link').getAttribute('href')).toBe('/reports?status=sent');
  });
});

async function show(search: Partial<ReportsSearch>, counts = NONE, total = 0) {
  await renderInApp(<NoReports search={{ ...readReportsSearch({}), ...search }} total={total} counts={counts} />);
}
