import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { examplePrior } from '../../../test/example-evidence.ts';
import { exampleTutorEvidence } from '../../../test/example-tutor-evidence.ts';
import { BeliefChart } from './belief-chart.tsx';
import { BeliefFigure } from './belief-figure.tsx';

const own = { name: 'This tutor', rate: 20, lower: 14, upper: 26 };
const usual = { name: 'Usual among tutors', rate: 8, lower: 1, upper: 18 };

test('says in a sentence where the rate lies, what is usual, and how likely it is above the threshold', () => {
  render(<BeliefFigure evidence={exampleTutorEvidence()} />);
  expect(
    screen.getByText(
      'This tutor: 20 %, 14 to 26 %. Usual among tutors: 7.8 %, 1.4 to 18 %. The threshold is 15 %; 91 % likely to be above it.',
    ),
  ).toBeDefined();
});

test('has the same figures as a table, the tutor’s with the counts', async () => {
  render(<BeliefFigure evidence={exampleTutorEvidence()} />);
  await userEvent.setup().click(screen.getByRole('button', { name: 'Show as table' }));
  const rows = screen.getAllByRole('row').slice(1);
  expect(
    rows.map((row) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ),
  ).toEqual([
    ['This tutor', '20 %, 14 to 26 %20 of 85'],
    ['Usual among tutors', '7.8 %, 1.4 to 18 %'],
    ['Threshold', '15 %'],
  ]);
});

test.each([
  ['no_difference', 'All tutors alike'],
  ['assumed', 'Assumed to be usual'],
] as const)('does not call usual what is %s', (basis, words) => {
  render(<BeliefFigure evidence={exampleTutorEvidence({ prior: examplePrior({ basis }) })} />);
  expect(screen.getByText(new RegExp(words))).toBeDefined();
});

test('draws nothing while the tutor is not weighed', () => {
  render(<BeliefFigure evidence={exampleTutorEvidence({ expected_rate: null })} />);
  expect(screen.queryByRole('figure')).toBeNull();
});

test('draws both stretches on one scale, which reaches beyond the threshold', () => {
  const { container } = render(<BeliefChart own={own} usual={usual} threshold={15} width={428} />);
  const bars = [...container.querySelectorAll('rect')].map((bar) => [
    Number(bar.getAttribute('x')),
    Number(bar.getAttribute('width')),
  ]);
  // 400 pixels for 30 points.
  expect(bars.map((edges) => edges.map(Math.round))).toEqual([
    [187, 160],
    [13, 227],
  ]);
  expect(screen.getByText('threshold 15 %')).toBeDefined();
});
