import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { exampleOverview, exampleTutor } from '../../../test/example-overview.ts';
import { renderInApp } from '../../../test/render.tsx';
import { WhoFirst } from './who-first.tsx';

describe('WhoFirst', () => {
  it('names the tutors in the order given, with the rate of the window, its counts, and why', async () => {
    const who_first = [exampleTutor('Maria'), exampleTutor('Tom')];
    await renderInApp(<WhoFirst overview={exampleOverview({ who_first })} />);
    const [, first, second] = screen.getAllByRole('row');
    expect(first?.textContent).toContain('High risk: Maria');
    expect(first?.textContent).toContain('31.0 %9 of 29');
    expect(first?.textContent).toContain('Moved 20 of 80 in 90 days, 9 of 29 in 30 days: above 15 %.');
    expect(second?.textContent).toContain('Tom');
    expect(screen.getByRole('link', { name: 'Tom' }).getAttribute('href')).toBe('/tutors/id-of-tom');
    expect(screen.getByText('Ordered by moves in 30 days above what 15 % allows.')).toBeDefined();
  });

  it('shows the rate of the window that is asked for', async () => {
    await renderInApp(<WhoFirst overview={exampleOverview({ window_days: 7, who_first: [exampleTutor('Maria')] })} />);
    expect(screen.getByRole('columnheader', { name: 'Rate, 7 days' })).toBeDefined();
    const [, row] = screen.getAllByRole('row');
    if (row === undefined) throw new Error('no row of a tutor');
    expect(within(row).getByText('0 of 4')).toBeDefined();
    expect(screen.getByRole('link', { name: 'All high-risk tutors' }).getAttribute('href')).toBe(
      '/tutors?risk_status=high_risk&sort_by=moves_above_threshold&window_days=7',
    );
  });

  it.each([
    [0, 'Nobody is high risk.'],
    [2, 'No active tutor is high risk.'],
  ])('says that there is nobody to talk to: %i at high risk', async (high_risk, words) => {
    await renderInApp(<WhoFirst overview={exampleOverview({ tutors: { total: 9, active: 5, high_risk } })} />);
    expect(screen.getByText(words)).toBeDefined();
    expect(screen.queryByRole('table')).toBeNull();
  });
});
