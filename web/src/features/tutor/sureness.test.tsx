import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { RatePoint } from './rate-series.ts';
import { type Flag, summariseSureness, whatWasSaid } from './sureness.ts';
import { SurenessChart } from './sureness-chart.tsx';
import { SurenessTable } from './sureness-table.tsx';

const none = { sessions: 0, reschedules: 0 };
const points: RatePoint[] = [0.2, 0.95, 0.6].map((probability, day) => ({
  at: new Date(Date.UTC(2026, 10, 1 + day, 12)),
  day: `2026-11-0${1 + day}`,
  counts: { 7: none, 30: none, 90: none },
  weighed: { rate: 12, lower: 8, upper: 17, probability },
}));
const watch: Flag = {
  rule: 'evidence',
  level: 'watch',
  risk_probability: 0.55,
  closed_probability: 0.92,
  opened_at: '2026-11-01T12:00:00.000Z',
  closed_at: '2026-11-02T12:00:00.000Z',
  close_reason: 'became_confirmed',
  window_days: 90,
  sessions: 60,
  reschedules: 11,
  rate: 18.33,
  risk_threshold: 15,
};
const confirmed: Flag = {
  ...watch,
  level: 'confirmed',
  risk_probability: 0.92,
  closed_probability: null,
  opened_at: '2026-11-02T12:00:00.000Z',
  closed_at: null,
  close_reason: null,
  sessions: 62,
  reschedules: 13,
};

test('tells what was said and why, newest first', () => {
  expect(whatWasSaid([watch, confirmed]).map(({ words }) => words)).toEqual([
    'On watch ended: it became confirmed, 92 % likely',
    'Confirmed: 13 of 62 in 90 days, 92 % likely',
    'On watch: 11 of 60 in 90 days, 55 % likely',
  ]);
});

test('knows an old flag of the literal rule, which has neither level nor likelihood', () => {
  const old = { ...confirmed, level: null, risk_probability: null, window_days: 30, sessions: 29, reschedules: 9 };
  expect(whatWasSaid([old]).map(({ words }) => words)).toEqual(['High risk by the rule: 9 of 29 in 30 days']);
});

test('sums up how sure it is now, when it was surest, and how many flags there were', () => {
  expect(summariseSureness(points, [watch])).toBe(
    '3 Nov 2026: 60 % likely to be above the threshold. ' +
      'Highest on 2 Nov 2026: 95 % likely to be above the threshold. 1 flag in this period.',
  );
});

test('says nothing of days without sessions', () => {
  const empty = points.map((point) => ({ ...point, weighed: null }));
  expect(summariseSureness(empty, [])).toBe('No sessions in this period.');
  expect(summariseSureness([...points.slice(0, 2), ...empty.slice(2)], [])).toMatch(
    /^3 Nov 2026: no sessions\. Highest on 2 Nov/,
  );
  const { container } = render(<SurenessChart points={empty} flags={[]} leftOut={[]} width={600} />);
  expect(container.querySelector('path')?.getAttribute('d')).toBe('');
});

test('draws one line with both limits and the flags by their level', () => {
  const { container } = render(
    <SurenessChart points={points} flags={[watch, confirmed]} leftOut={[{ day: '2026-11-02' }]} width={600} />,
  );
  expect(container.querySelectorAll('path')).toHaveLength(1);
  expect(screen.getByText('confirmed from 90 %')).toBeDefined();
  expect(screen.getByText('watch from 50 %')).toBeDefined();
  expect(screen.getByText('watch')).toBeDefined();
  expect(screen.getByText('confirmed')).toBeDefined();
  expect(container.querySelectorAll('[data-day]')).toHaveLength(1);
});

test('is read day by day with the keyboard', async () => {
  const user = userEvent.setup();
  render(<SurenessChart points={points} flags={[]} leftOut={[]} width={600} />);
  await user.tab();
  await user.keyboard('{ArrowLeft}');
  const slider = screen.getByRole('slider', { name: 'How sure we were, day by day' });
  expect(slider.getAttribute('aria-valuetext')).toBe('2 Nov 2026: 95 % likely to be above the threshold');
  expect(within(slider).getByText('95 % likely')).toBeDefined();
});

test('has what was said and every day in its tables', () => {
  render(<SurenessTable points={points} said={whatWasSaid([watch])} />);
  expect(screen.getByRole('row', { name: /On watch ended/ })).toBeDefined();
  expect(screen.getByRole('row', { name: '2 Nov 2026 95 %' })).toBeDefined();
});
