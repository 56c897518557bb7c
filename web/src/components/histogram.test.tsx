import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { exampleDistribution } from '../../test/example-overview.ts';
import { renderInApp } from '../../test/render.tsx';
import { Histogram } from './histogram.tsx';
import type { RateStep } from './rate-step.ts';

const STEPS = exampleDistribution({ 0: 100, 5: 38, 10: 12, 15: 6, 30: 1 });

// happy-dom lays nothing out: without a width there is no drawing.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 640, 224));
  return () => vi.restoreAllMocks();
});

const show = (steps: readonly RateStep[] = STEPS, threshold = 15) =>
  renderInApp(<Histogram steps={steps} threshold={threshold} windowDays={90} />);
const drawing = () => screen.getByRole('group', { name: 'Tutors by rate' });
const bars = () => within(drawing()).getAllByRole('link');
const columnOf = (bar: Element | undefined) => bar?.querySelector('rect:last-of-type');
const figureOf = (element: Element | null | undefined, name: string) => Number(element?.getAttribute(name));

describe('Histogram', () => {
  it('draws a bar for each step that has tutors, named by how many and where, and leading to them', async () => {
    await show();
    expect(bars().map((bar) => [bar.getAttribute('aria-label'), bar.getAttribute('href')])).toEqual([
      ['100 tutors from 0 to 5 %', '/tutors?rate_from=0&rate_below=5&window_days=90'],
      ['38 tutors from 5 to 10 %', '/tutors?rate_from=5&rate_below=10&window_days=90'],
      ['12 tutors from 10 to 15 %', '/tutors?rate_from=10&rate_below=15&window_days=90'],
      ['6 tutors from 15 to 20 %', '/tutors?rate_from=15&rate_below=20&window_days=90'],
      ['1 tutor from 30 to 35 %', '/tutors?rate_from=30&rate_below=35&window_days=90'],
    ]);
  });

  it('draws twice as many tutors twice as high', async () => {
    await show(exampleDistribution({ 0: 20, 5: 10 }));
    const [twenty, ten] = bars().map((bar) => figureOf(columnOf(bar), 'height'));
    expect(twenty).toBeGreaterThan(0);
    expect(twenty).toBeCloseTo(2 * (ten ?? 0));
  });

  it('draws the threshold where the bars above it begin, and those differ from the ones below', async () => {
    await show();
    const line = screen.getByText('threshold 15 %').parentElement?.querySelector('line');
    const [, , below, above] = bars().map(columnOf);
    expect(figureOf(line, 'x1')).toBeCloseTo(figureOf(above, 'x') - 1);
    expect(above?.getAttribute('class')).not.toBe(below?.getAttribute('class'));
  });

  it('does not count a bar that the threshold cuts as above it', async () => {
    await show(STEPS, 12.5);
    const [first, , cut, above] = bars().map((bar) => columnOf(bar)?.getAttribute('class'));
    expect(cut).toBe(first);
    expect(above).not.toBe(first);
  });

  it.each([
    [{ 0: 5 }, '50 %'],
    [{ 0: 5, 65: 1 }, '70 %'],
    [{ 0: 5, 95: 1 }, '100 %'],
  ])('leaves out what lies behind the last tutor: %o', async (tutors, last) => {
    await show(exampleDistribution(tutors));
    expect(within(drawing()).getByText(last)).toBeDefined();
    const widest = Math.max(...bars().map((bar) => figureOf(columnOf(bar), 'x') + figureOf(columnOf(bar), 'width')));
    expect(widest).toBeLessThanOrEqual(640);
  });

  it('says of a bar what it stands for while it is pointed at or has the focus', async () => {
    const user = userEvent.setup();
    await show();
    const [, second, third] = bars();
    if (second === undefined || third === undefined) throw new Error('no bars');
    const words = () => within(drawing()).queryByText(/tutors? from/)?.textContent;
    expect(words()).toBeUndefined();
    await user.hover(second);
    expect(words()).toBe('38 tutors from 5 to 10 %');
    await user.unhover(second);
    expect(words()).toBeUndefined();
    await user.tab();
    await user.tab();
    await user.tab();
    await user.tab();
    expect(document.activeElement).toBe(third);
    expect(words()).toBe('12 tutors from 10 to 15 %');
  });

  it('sums the picture up in a sentence', async () => {
    await show();
    expect(
      screen.getByText(
        '157 tutors with sessions in the last 90 days; the threshold is 15 %. 7 have a rate of 15 % or more. ' +
          'The fullest step has 100 tutors, from 0 to 5 %.',
      ),
    ).toBeDefined();
  });

  it('shows the same as a table, with the same links', async () => {
    const user = userEvent.setup();
    await show();
    await user.click(screen.getByRole('button', { name: 'Show as table' }));
    const [, ...rows] = screen.getAllByRole('row');
    expect(rows).toHaveLength(10);
    expect(rows.slice(0, 5).map(({ textContent }) => textContent)).toEqual([
      '0 to 5 %100',
      '5 to 10 %38',
      '10 to 15 %12',
      '15 to 20 %6',
      '20 to 25 %0',
    ]);
    expect(screen.getByRole('link', { name: '5 to 10 %' }).getAttribute('href')).toBe(
      '/tutors?rate_from=5&rate_below=10&window_days=90',
    );
  });

  it('keeps its axes and says so when no tutor has sessions', async () => {
    await show(exampleDistribution({}));
    expect(within(drawing()).getByText('no sessions in this period')).toBeDefined();
    expect(within(drawing()).queryByRole('link')).toBeNull();
    expect(screen.getAllByText('No tutor has sessions in the last 90 days.')).toHaveLength(2);
  });
});
