import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { summariseWeeks, weeksOf } from './week-series.ts';
import { WeeksTable } from './weeks-card.tsx';
import { WeeksChart } from './weeks-chart.tsx';

const weeks = weeksOf({
  reschedules: [],
  trend: {
    reschedule_rate_by_week: [
      { week: '2026-11-02', rate: 0, total_sessions: 5, tutor_reschedules: 0 },
      { week: '2026-11-09', rate: null, total_sessions: 0, tutor_reschedules: 0 },
      { week: '2026-11-16', rate: 54.55, total_sessions: 11, tutor_reschedules: 6 },
    ],
  },
});

test('draws a bar a week with sessions and none for a week without', () => {
  const { container } = render(<WeeksChart weeks={weeks} width={600} />);
  expect(container.querySelectorAll('rect')).toHaveLength(2);
  expect(screen.getByText('9 Nov')).toBeTruthy();
});

test('is read week by week, and says which one is still running', async () => {
  const user = userEvent.setup();
  render(<WeeksChart weeks={weeks} width={600} />);
  const slider = screen.getByRole('slider', { name: 'Rates week by week' });
  await user.tab();
  expect(slider.getAttribute('aria-valuetext')).toBe('Week of 16 Nov 2026, still running: 54.5 %, 6 of 11');
  await user.keyboard('{ArrowLeft}');
  expect(slider.getAttribute('aria-valuetext')).toBe('Week of 9 Nov 2026: no sessions');
});

test('has every week in its table, newest first', () => {
  render(<WeeksTable weeks={weeks} />);
  const rows = screen.getAllByRole('row').slice(1);
  expect(
    rows.map((row) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ),
  ).toEqual([
    ['16 Nov 2026 (still running)', '54.5 %6 of 11'],
    ['9 Nov 2026', '–no sessions'],
    ['2 Nov 2026', '0.0 %0 of 5'],
  ]);
});

test('sums up how many weeks had sessions', () => {
  expect(summariseWeeks(weeks)).toMatch(/^2 of 3 weeks with sessions\. Week of 16 Nov 2026/);
  expect(summariseWeeks(weeks.slice(1, 2))).toBe('No sessions in this period.');
});

test('says that there were no sessions when no week had any', () => {
  const { container } = render(<WeeksChart weeks={weeks.slice(1, 2)} width={600} />);
  expect(screen.getByText('no sessions in this period')).toBeTruthy();
  expect(container.querySelectorAll('rect')).toHaveLength(0);
});
