import { expect, it } from 'vitest';
import { windowsOfDays } from '../scoring/daily-windows.ts';
import { STARTING_PRIOR } from '../scoring/prior.ts';
import { flaggedByThreshold } from './flagged-by-threshold.ts';
import type { Past } from './read-past.ts';
import { replayThreshold } from './replay-threshold.ts';

const DAYS = 240;

it('counts a tutor as confirmed who was so once and has not become unlikely since', async () => {
  // Until two weeks ago 23 moves of 42 sessions were in the window, now 8 of 27: too little to begin with.
  const fading = pastOf((daysAgo) => (daysAgo > 90 && daysAgo <= 105 ? 'moved' : recent(daysAgo)));
  const never = pastOf(recent);
  expect(await flaggedByThreshold(fading, [15])).toEqual([
    { risk_threshold: 15, literal: 1, flagged: 1, confirmed: 1 },
  ]);
  expect(await flaggedByThreshold(never, [15])).toEqual([{ risk_threshold: 15, literal: 1, flagged: 1, confirmed: 0 }]);
});

it('says of each threshold what the replay night by night ends with, where nothing changes in between', async () => {
  const steady = pastOf((daysAgo) => (daysAgo % 4 === 0 ? 'moved' : 'kept'));
  for (const step of await flaggedByThreshold(steady, [10, 15, 22, 28, 40])) {
    const { literal, flagged, confirmed } = await replayThreshold(steady, step.risk_threshold);
    const ends = [literal, flagged, confirmed].map(({ days }) => days.at(-1)?.flagged);
    expect([step.literal, step.flagged, step.confirmed]).toEqual(ends);
  }
});

it('flags nobody without sessions, however low the threshold', async () => {
  const gone = pastOf((daysAgo) => (daysAgo > 100 ? 'moved' : null));
  expect(await flaggedByThreshold(gone, [0])).toEqual([{ risk_threshold: 0, literal: 0, flagged: 0, confirmed: 0 }]);
});

function recent(daysAgo: number): 'moved' | 'kept' | null {
  if (daysAgo <= 60 || daysAgo > 87) return null;
  return daysAgo <= 68 ? 'moved' : 'kept';
}

/** A single tutor with a session a day at most; the last day is 0 days ago. */
function pastOf(sessionOn: (daysAgo: number) => 'moved' | 'kept' | null): Past {
  const outcomes = Array.from({ length: DAYS }, (_, day) => sessionOn(DAYS - 1 - day));
  const sessions = Uint32Array.from(outcomes, (outcome) => (outcome === null ? 0 : 1));
  const reschedules = Uint32Array.from(outcomes, (outcome) => (outcome === 'moved' ? 1 : 0));
  const count = windowsOfDays({ tutors: 1, days: DAYS, sessions, reschedules }, []);
  const asOf = new Date('2026-04-08T12:00:00Z');
  const days = outcomes.map(() => ({ day: '2026-04-08', starts_at: asOf, has_common_cause: false }));
  return { asOf, tutors: 1, days, from: 90, settledFrom: 0, countAll: count, count, priorOf: () => STARTING_PRIOR };
}
