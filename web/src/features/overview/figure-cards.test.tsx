import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { exampleOverview, exampleTutors } from '../../../test/example-overview.ts';
import { renderInApp } from '../../../test/render.tsx';
import { FigureCards } from './figure-cards.tsx';

const card = (name: RegExp) => screen.getByRole('link', { name });
const addressOf = (name: RegExp) => card(name).getAttribute('href');

describe('FigureCards', () => {
  it('has four figures, each with how it changed', async () => {
    await renderInApp(<FigureCards overview={exampleOverview()} />);
    expect(screen.getAllByRole('link').map(({ textContent }) => textContent?.trim())).toEqual([
      'Confirmed 12 and 9 on watch, of 214 tutors +3 in 30 days (5 opened, 2 closed) 31 above 15 % by the rule',
      'Average rate 7.8 % 235 of 3,014 −0.4 points against the 30 days before',
      'Sessions 3,014 in 30 days +2 % against the 30 days before 2,600 completed, 264 rescheduled, 150 no-show',
      'Reports 3,009 sent in 30 days none failed, none waiting',
    ]);
  });

  it('leads from each figure to what it counts, in the same window', async () => {
    await renderInApp(<FigureCards overview={exampleOverview({ window_days: 90 })} />);
    expect(addressOf(/^Confirmed/)).toBe('/tutors?evidence=flagged');
    expect(addressOf(/^Average rate/)).toBe('/tutors?sort_by=reschedule_rate&window_days=90');
    expect(addressOf(/^Sessions/)).toBe('/tutors?sort_by=total_sessions&window_days=90');
    expect(addressOf(/^Reports/)).toBe('/reports');
  });

  it('leads to the failed reports when there are some', async () => {
    const reports = { pending: 1, sending: 1, sent: 3_004, failed: 5 };
    await renderInApp(<FigureCards overview={exampleOverview({ reports })} />);
    expect(card(/^Reports/).textContent).toContain('3,004 sent in 30 days  5 failed, 2 waiting');
    expect(addressOf(/^Reports/)).toBe('/reports?status=failed');
  });

  it('makes up no change when there was nothing before', async () => {
    const previous_period = { total_sessions: 0, tutor_reschedules: 0, rate: null };
    await renderInApp(<FigureCards overview={exampleOverview({ previous_period })} />);
    expect(card(/^Average rate/).textContent).toContain('no sessions in the 30 days before');
    expect(card(/^Sessions/).textContent).toContain('no sessions in the 30 days before');
    expect(card(/^Average rate/).textContent).not.toContain('points');
  });

  it('has no rate of a period without sessions, and one tutor in the singular', async () => {
    await renderInApp(
      <FigureCards
        overview={exampleOverview({
          tutors: exampleTutors({ total: 1, confirmed: 0, watch: 0, high_risk: 0 }),
          flags: { opened: 0, closed: 0 },
          period: { total_sessions: 0, tutor_reschedules: 0, rate: null },
        })}
      />,
    );
    expect(card(/^Confirmed 0 and 0 on watch, of 1 tutor no change in 30 days/)).toBeDefined();
    expect(card(/^Average rate – no sessions/).textContent).toContain('8.2 % (242 of 2,955) in the 30 days before');
  });
});
