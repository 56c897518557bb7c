import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { FlagSpan } from './flag-bands.tsx';
import type { RatePoint } from './rate-series.ts';
import { RatesChart } from './rates-chart.tsx';
import { RatesTable } from './rates-table.tsx';

const none = { sessions: 0, reschedules: 0 };

/** One day after another from 1 November: `moved` of 10 sessions in the week, or `null` for a week without any. */
function pointsOf(moved: (number | null)[]): RatePoint[] {
  return moved.map((reschedules, day) => {
    const week = reschedules === null ? none : { sessions: 10, reschedules };
    return {
      at: new Date(Date.UTC(2026, 10, 1 + day, 12)),
      day: `2026-11-${String(1 + day).padStart(2, '0')}`,
      counts: { 7: week, 30: { sessions: 40, reschedules: 4 }, 90: { sessions: 120, reschedules: 15 } },
      weighed: { rate: 12, lower: 8, upper: 17, probability: 0.2 },
    };
  });
}

function show(points: RatePoint[], flags: FlagSpan[] = [], width = 800, leftOut: { day: string }[] = []) {
  return render(<RatesChart {...{ points, flags, leftOut, width }} threshold={15} />).container;
}

function pathOf(container: HTMLElement, days: number): string {
  return container.querySelector(`[data-window="${days}"] path`)?.getAttribute('d') ?? '';
}

test('breaks the line of a window where it held no sessions, and marks a day that stands alone', () => {
  const container = show(pointsOf([1, 2, null, 3, null, 4, 5]));
  expect(pathOf(container, 7).match(/M/g)).toHaveLength(3);
  expect(pathOf(container, 30).match(/M/g)).toHaveLength(1);
  expect(container.querySelectorAll('[data-window="7"] circle')).toHaveLength(1);
});

test('names the threshold and the three lines, no two names on top of each other', () => {
  const container = show(pointsOf([1, 1, 1]));
  expect(screen.getByText('threshold 15 %')).toBeTruthy();
  const labels = [...container.querySelectorAll('[data-window] text')];
  expect(labels.map(({ textContent }) => textContent)).toEqual(['7 days', '30 days', '90 days']);
  const heights = labels.map((label) => Number(label.getAttribute('y'))).sort((a, b) => a - b);
  expect((heights[1] ?? 0) - (heights[0] ?? 0)).toBeGreaterThanOrEqual(16);
  expect((heights[2] ?? 0) - (heights[1] ?? 0)).toBeGreaterThanOrEqual(16);
});

test('reaches above the threshold when all rates are low, and to the top when one is high', () => {
  expect(topmost(show(pointsOf([0])))).toBeGreaterThanOrEqual(19.5);
  cleanup();
  expect(topmost(show(pointsOf([10])))).toBe(100);
});

test('shades the time in which a flag was open, cut to the period', () => {
  const flags = [
    { opened_at: '2026-10-01T00:00:00Z', closed_at: '2026-11-03T12:00:00Z', level: 'watch' },
    { opened_at: '2026-11-05T12:00:00Z', closed_at: null, level: 'confirmed' },
  ] as const;
  const container = show(pointsOf([1, 1, 1, 1, 1, 1, 1]), [...flags]);
  const bands = [...container.querySelectorAll('[data-flag] rect')];
  const edges = bands.map((band) => [Number(band.getAttribute('x')), Number(band.getAttribute('width'))]);
  const width = 800 - 44 - 60;
  expect(edges.flat().map(Math.round)).toEqual([0, width / 3, (width * 2) / 3, width / 3].map(Math.round));
  expect(screen.getByText('watch')).toBeTruthy();
  expect(screen.getByText('confirmed')).toBeTruthy();
});

test('shades where the true rate lay, and marks a day that is left out', () => {
  const container = show(pointsOf([1, 1, 1, 1, 1, 1, 1]), [], 800, [{ day: '2026-11-03' }]);
  const band = container.querySelector('[data-band="expected"]')?.getAttribute('d') ?? '';
  expect(band).not.toContain('NaN');
  expect(band).toMatch(/^M.*Z$/);
  const stripe = container.querySelector('[data-day="2026-11-03"]');
  const right = 800 - 44 - 60;
  expect(Number(stripe?.getAttribute('x'))).toBeCloseTo((right * 1.5) / 6, 3);
  expect(Number(stripe?.getAttribute('width'))).toBeCloseTo(right / 6, 3);
});

test('is read day by day with the keyboard, each rate with its counts', async () => {
  const user = userEvent.setup();
  show(pointsOf([0, 1, 2, 3, 4, 5, 6, 7, null, 9]));
  const slider = screen.getByRole('slider', { name: 'Rates day by day' });
  const words = () => slider.getAttribute('aria-valuetext') ?? '';
  await user.tab();
  expect(document.activeElement).toBe(slider);
  expect(words()).toBe(
    '10 Nov 2026: 7 days 90.0 %, 9 of 10; 30 days 10.0 %, 4 of 40; 90 days 12.5 %, 15 of 120; true rate most likely 8.0 to 17 %, best guess 12 %',
  );
  await user.keyboard('{ArrowLeft}');
  expect(words()).toMatch(/^9 Nov 2026: 7 days no sessions;/);
  await user.keyboard('{PageDown}');
  expect(words()).toMatch(/^2 Nov 2026: /);
  await user.keyboard('{Home}{ArrowLeft}');
  expect(words()).toMatch(/^1 Nov 2026: 7 days 0\.0 %, 0 of 10/);
  await user.keyboard('{ArrowRight}{PageUp}');
  expect(words()).toMatch(/^9 Nov 2026: /);
  await user.keyboard('{End}');
  expect(slider.getAttribute('aria-valuenow')).toBe('9');
});

test('puts the readout away with Escape', async () => {
  const user = userEvent.setup();
  show(pointsOf([1, 2]));
  await user.tab();
  expect(screen.getByText('2 of 10')).toBeTruthy();
  await user.keyboard('{Escape}');
  expect(screen.queryByText('2 of 10')).toBeNull();
});

test('shows what is pointed at, and nothing once the pointer is gone', async () => {
  const user = userEvent.setup();
  const container = show(pointsOf([1, 2, 3]));
  const slider = screen.getByRole('slider');
  await user.pointer({ target: slider, coords: { clientX: 44 } });
  expect(within(slider).getByText('1 Nov 2026')).toBeTruthy();
  expect(within(slider).getByText('1 of 10')).toBeTruthy();
  expect(within(slider).getByText('true rate')).toBeTruthy();
  expect(container.querySelectorAll('circle')).toHaveLength(3);
  await user.unhover(slider);
  expect(within(slider).queryByText('1 of 10')).toBeNull();
});

test('shows the axes with a word when there were no sessions at all', () => {
  const empty = { 7: none, 30: none, 90: none };
  const container = show(pointsOf([1, 1]).map((point) => ({ ...point, counts: empty, weighed: null })));
  expect(screen.getByText('no sessions in this period')).toBeTruthy();
  expect(container.querySelectorAll('[data-window] path')).toHaveLength(0);
  expect(container.querySelector('[data-band]')?.getAttribute('d')).toBe('');
});

test('has fewer ticks and shorter names where it is narrow', () => {
  show(pointsOf([1, 1, 1, 1, 1, 1, 1, 1, 1]), [], 264);
  expect(screen.getAllByText(/^\d+ Nov$/)).toHaveLength(3);
  expect(screen.getByText('30 d')).toBeTruthy();
});

test('has every point in its table, newest first', () => {
  const points = pointsOf([0, null, 2]);
  render(<RatesTable points={points} />);
  expect(screen.getByRole('columnheader', { name: 'True rate' })).toBeTruthy();
  const weeks = screen
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .slice(0, 2)
        .map(({ textContent }) => textContent),
    );
  expect(weeks).toEqual([
    ['3 Nov 2026', '20.0 %2 of 10'],
    ['2 Nov 2026', '–no sessions'],
    ['1 Nov 2026', '0.0 %0 of 10'],
  ]);
});

function topmost(container: HTMLElement): number {
  const values = [...container.querySelectorAll('text[text-anchor="end"]')].map(({ textContent }) =>
    Number.parseFloat(textContent ?? ''),
  );
  return Math.max(...values);
}
