import type { CountWindow } from '../../src/scoring/daily-windows.ts';
import type { Marketplace } from './marketplace.ts';
import type { Rule } from './rules.ts';
import { DAYS, THRESHOLD, WARM_UP_DAYS } from './worlds.ts';

/**
 * How a rule fared over the days measured, in tutor-days: `right` flagged and truly above the threshold, `wrong`
 * flagged and not, `missed` not flagged and above. Tutors without a session in the 90 days before are not counted.
 */
export type Tally = { right: number; wrong: number; missed: number; changes: number; wrongOpenings: number };

/** From the turn until the rule, or an alarm, first says what is true then; `null` when it did not until the end. */
export type Delay = { days: number; sessions: number } | null;

export function tallyOf(rule: Rule, { tutors }: Marketplace, count: CountWindow): Tally & { delays: Delay[] } {
  const tally = { right: 0, wrong: 0, missed: 0, changes: 0, wrongOpenings: 0 };
  const delays = new Map<number, Delay>();
  let before = rule.flagsOn(WARM_UP_DAYS - 1);
  for (let day = WARM_UP_DAYS; day < DAYS; day += 1) {
    const flags = rule.flagsOn(day);
    for (const [index, { rates, turnsAt, sessionsBefore }] of tutors.entries()) {
      const isFlagged = flags[index] === true;
      const isRisky = (rates[day] ?? 0) > THRESHOLD;
      if (isFlagged !== before[index]) {
        tally.changes += 1;
        if (isFlagged && !isRisky) tally.wrongOpenings += 1;
      }
      if (turnsAt !== null && day >= turnsAt && isFlagged === isRisky && !delays.has(index)) {
        const sessions = (sessionsBefore[day + 1] ?? 0) - (sessionsBefore[turnsAt] ?? 0);
        delays.set(index, { days: day + 1 - turnsAt, sessions });
      }
      if (count(index, day, 90).sessions === 0) continue;
      if (isFlagged && isRisky) tally.right += 1;
      if (isFlagged && !isRisky) tally.wrong += 1;
      if (!isFlagged && isRisky) tally.missed += 1;
    }
    before = flags;
  }
  const turned = tutors.flatMap(({ turnsAt }, index) => (turnsAt === null ? [] : [index]));
  return { ...tally, delays: turned.map((index) => delays.get(index) ?? null) };
}

/** Of the flagged, those truly above the threshold; `null` when nobody was flagged. */
export function precisionOf({ right, wrong }: Tally): number | null {
  return right + wrong === 0 ? null : right / (right + wrong);
}

/** Of those truly above the threshold, the flagged; `null` when there is none. */
export function recallOf({ right, missed }: Tally): number | null {
  return right + missed === 0 ? null : right / (right + missed);
}

/** The one in the middle; one who was never found counts as the longest. */
export function medianOf(delays: readonly Delay[], unit: 'days' | 'sessions'): number {
  const ascending = delays.map((delay) => delay?.[unit] ?? Infinity).sort((one, other) => one - other);
  return ascending[Math.floor(ascending.length / 2)] ?? Infinity;
}
