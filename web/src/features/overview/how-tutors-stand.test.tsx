import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { exampleOverview, exampleTutors } from '../../../test/example-overview.ts';
import { renderInApp } from '../../../test/render.tsx';
import { HowTutorsStand } from './how-tutors-stand.tsx';

test('counts the tutors of each tier, leads to them, and draws each as long as it has tutors', async () => {
  const tutors = exampleTutors({ confirmed: 10, watch: 0, clear: 40, too_few: 20 });
  const { container } = await renderInApp(<HowTutorsStand overview={exampleOverview({ tutors })} />);
  const rows = screen.getAllByRole('row').slice(1);
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    'Confirmed10',
    'Watch0',
    'Clear40',
    'Too few sessions20',
  ]);
  expect(screen.getByRole('link', { name: 'Watch' }).getAttribute('href')).toBe('/tutors?evidence=watch');
  const bars = [...container.querySelectorAll<HTMLElement>('[style]')];
  expect(bars.map(({ style }) => style.width)).toEqual(['25%', '0%', '100%', '50%']);
});

test('names the days that are left out, and has no list while there are none', async () => {
  const day = { day: '2026-11-03', sessions: 240, reschedules: 120, rate: 50 };
  const { unmount } = await renderInApp(<HowTutorsStand overview={exampleOverview({ common_cause_days: [day] })} />);
  expect(screen.getByRole('list', { name: 'Days that are left out' }).textContent).toContain('3 Nov 2026');
  unmount();
  await renderInApp(<HowTutorsStand overview={exampleOverview()} />);
  expect(screen.queryByRole('list')).toBeNull();
});
