import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderInApp } from '../../../test/render.tsx';
import { WindowTable } from './window-table.tsx';

test('shows the counts and the rate of each window to two decimals, and decides on the counts', async () => {
  const counts = {
    7: { sessions: 0, reschedules: 0 },
    30: { sessions: 20, reschedules: 3 },
    90: { sessions: 4006, reschedules: 601 },
  };
  await renderInApp(<WindowTable counts={counts} threshold={15} />);
  const cells = screen
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    );
  expect(cells).toEqual([
    ['7 days', '0', '0', '–', 'no sessions'],
    ['30 days', '20', '3', '15.00 %', 'not above'],
    ['90 days', '4,006', '601', '15.00 %', 'above'],
  ]);
});
