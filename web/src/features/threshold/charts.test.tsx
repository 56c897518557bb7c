import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { exampleReplay } from '../../../test/example-threshold.ts';
import { ByThresholdCard } from './by-threshold-card.tsx';
import { CourseCard } from './course-card.tsx';

// happy-dom lays nothing out: without a width there is no drawing.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 640, 256));
  return () => vi.restoreAllMocks();
});

const drawing = (name: string) => screen.getByRole('slider', { name });
const words = (element: HTMLElement) => element.getAttribute('aria-valuetext');
const linesOf = (element: HTMLElement) => [...element.querySelectorAll('path')].map((path) => path.getAttribute('d'));

describe('the flagged day by day', () => {
  it('are drawn beside how it is', () => {
    render(<CourseCard replay={exampleReplay(20)} />);
    const chart = drawing('Flagged tutors day by day');
    expect(linesOf(chart)).toHaveLength(2);
    expect(within(chart).getByText('as chosen')).toBeDefined();
    expect(within(chart).getByText('as it is')).toBeDefined();
  });

  it('are one line where they are how it is', () => {
    render(<CourseCard replay={exampleReplay()} />);
    const chart = drawing('Flagged tutors day by day');
    expect(linesOf(chart)).toHaveLength(1);
    expect(within(chart).queryByText('as chosen')).toBeNull();
  });

  it('can be read day by day, and say which days no evidence counts', async () => {
    render(<CourseCard replay={exampleReplay(20, 'flagged', { common_cause_days: ['2026-11-20'] })} />);
    const chart = drawing('Flagged tutors day by day');
    await userEvent.tab();
    await userEvent.tab();
    expect(words(chart)).toBe('21 Nov 2026: 119 tutors flagged, 48 as it is');
    await userEvent.keyboard('{ArrowLeft}');
    expect(words(chart)).toBe(
      '20 Nov 2026: 118 tutors flagged, 48 as it is; a day of a common cause, which no evidence counts',
    );
    expect([...chart.querySelectorAll('rect')].map((rect) => rect.getAttribute('data-day'))).toEqual(['2026-11-20']);
  });

  it('are summed up in a sentence', () => {
    render(<CourseCard replay={exampleReplay(20)} />);
    expect(
      screen.getByText(
        'Watch or confirmed at 20 %, by the replay: 30 tutors flagged on 24 Aug 2026, 119 on 21 Nov 2026, between 30 ' +
          'and 119 on all days. As it is: 48 then, 48 at the end.',
      ),
    ).toBeDefined();
  });

  it('stand in a table, newest first', async () => {
    render(<CourseCard replay={exampleReplay(20, 'flagged', { common_cause_days: ['2026-11-20'] })} />);
    await userEvent.click(screen.getByRole('button', { name: 'Show as table' }));
    const [, ...rows] = screen.getAllByRole('row');
    expect(rows).toHaveLength(90);
    expect(rows.slice(0, 2).map(({ textContent }) => textContent)).toEqual([
      '21 Nov 202611948',
      '20 Nov 2026 left out of the evidence11848',
    ]);
  });
});

describe('the flagged by threshold', () => {
  it('are fewer for a higher threshold, and marked at the stored and the chosen one', () => {
    render(<ByThresholdCard replay={exampleReplay(20)} />);
    const chart = drawing('Flagged tutors by threshold');
    const at = (text: string) =>
      Number(within(chart).getByText(text).parentElement?.querySelector('line')?.getAttribute('x1'));
    expect(at('chosen 20 %') / at('threshold 15 %')).toBeCloseTo(20 / 15, 10);
    const heights = [...(linesOf(chart)[0] ?? '').matchAll(/,([\d.]+)/g)].map(([, y]) => Number(y));
    expect(heights).toHaveLength(50);
    expect(heights).toEqual(heights.toSorted((one, other) => one - other));
  });

  it.each([
    ['is the stored one', 15],
    ['lies beyond the axis', 60],
  ])('have no second mark where the chosen threshold %s', (_what, threshold) => {
    render(<ByThresholdCard replay={exampleReplay(threshold)} />);
    expect(within(drawing('Flagged tutors by threshold')).queryByText(/^chosen/)).toBeNull();
  });

  it.each([
    [20, 'flagged', 'At 15 % it is what is stored, at 20 % what the replay ends with. At others'],
    [15, 'flagged', 'At 15 % it is what is stored. At others'],
    [20, 'literal', 'Literal rule, now. At 15 % it is what is stored.'],
  ] as const)('say at %d %% by the %s level what they come from', (threshold, level, words_) => {
    render(<ByThresholdCard replay={exampleReplay(threshold, level)} />);
    expect(screen.getByText(/, now\. /).textContent).toContain(words_);
  });

  it('can be read one by one', async () => {
    render(<ByThresholdCard replay={exampleReplay()} />);
    const chart = drawing('Flagged tutors by threshold');
    await userEvent.tab();
    await userEvent.tab();
    await userEvent.keyboard('{Home}');
    expect(words(chart)).toBe('1 %: 200 tutors');
    await userEvent.keyboard('{PageUp}');
    expect(words(chart)).toBe('6 %: 180 tutors');
  });

  it('are summed up in a sentence and stand in a table', async () => {
    render(<ByThresholdCard replay={exampleReplay(20, 'confirmed')} />);
    expect(
      screen.getByText(
        'Confirmed only would flag 200 at 1 %, 164 at 10 %, 124 at 20 %, 84 at 30 %. The threshold is 15 %; 20 % is chosen.',
      ),
    ).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Show as table' }));
    expect(
      screen
        .getAllByRole('row')
        .slice(1, 3)
        .map(({ textContent }) => textContent),
    ).toEqual(['1 %200 tutors', '2 %196 tutors']);
  });
});
