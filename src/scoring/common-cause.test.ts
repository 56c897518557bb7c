import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { commonCauseDays, judgeDay, type MarketplaceDay } from './common-cause.ts';
import type { WindowCounts } from './reschedule-rate.ts';

/** Days of 3,000 sessions, of which 8 % are moved, give or take what chance does. */
const USUAL = [240, 226, 251, 238, 259, 232, 245, 218, 249, 241, 236, 255, 229, 247];
const CALM = Array.from({ length: 5 }, () => USUAL)
  .flat()
  .map((moves) => dayOf(3000, moves));

describe('days of a common cause', () => {
  it('are none while days are as usual, nor where there is nothing to compare with', () => {
    expect(commonCauseDays(CALM)).not.toContain(true);
    expect(commonCauseDays([])).toEqual([]);
    expect(named([...CALM.slice(0, 27), dayOf(3000, 900)])).toEqual([]);
    expect(named([...Array.from({ length: 30 }, () => dayOf(0, 0)), dayOf(20, 20)])).toEqual([]);
    expect(named([...CALM, dayOf(0, 0)])).toEqual([]);
  });

  it('are those on which many more move than usual, each day of the storm, and no day after it', () => {
    expect(named([...CALM.slice(0, 60), dayOf(3000, 900), dayOf(2900, 420), ...CALM.slice(0, 20)])).toEqual([60, 61]);
  });

  it('are not those on which fewer move than usual', () => {
    expect(named([...CALM, dayOf(3000, 20)])).toEqual([]);
  });

  it('are not those on which one tutor moves all sessions', () => {
    const usual = Array.from({ length: 40 }, (_, index) => dayOf(60, 3 + (index % 4)));
    expect(named([...usual, { ...dayOf(60, 24), movers: 5 }])).toEqual([]);
    expect(named([...usual, dayOf(60, 24)])).toEqual([40]);
  });

  it('are not the first hours of a day, of which moves are known and kept sessions are not, but are a storm by noon', () => {
    const before = CALM.slice(0, 56).map((day) => ({ ...day, isFarAbove: false, isNamed: false }));
    const morning = { sessions: 110, reschedules: 90, tutors: 100, movers: 85 };
    expect(judgeDay(before, morning).isNamed).toBe(true);
    expect(judgeDay(before, morning, false).isNamed).toBe(false);
    const storm = { sessions: 1000, reschedules: 600, tutors: 600, movers: 450 };
    expect(judgeDay(before, storm, false).isNamed).toBe(true);
  });

  it('take more in a marketplace whose days differ much anyway', () => {
    const restless = USUAL.map((_, index) => dayOf(3000, index % 2 === 0 ? 120 : 360));
    expect(named([...CALM.slice(0, 28), dayOf(3000, 400)])).toEqual([28]);
    expect(named([...restless, dayOf(3000, 400)])).toEqual([]);
  });

  it('end after a week: what lasts longer is how things are now', () => {
    const risen = Array.from({ length: 30 }, () => dayOf(3000, 360));
    expect(named([...CALM, ...risen])).toEqual([0, 1, 2, 3, 4, 5, 6].map((day) => CALM.length + day));
  });

  it('are judged by what came before alone: later days change nothing', () => {
    const days = [...CALM.slice(0, 50), dayOf(3000, 500), ...CALM.slice(0, 10), dayOf(3000, 700), dayOf(3000, 300)];
    const whole = commonCauseDays(days);
    for (const end of [51, 55, 62]) expect(commonCauseDays(days.slice(0, end))).toEqual(whole.slice(0, end));
  });

  it('were 4 and 6 February 2011 in Houston: carriers cancelled 28 and 22 departures, on other days about three', () => {
    const days = [...houston().entries()].toSorted(([one], [other]) => one.localeCompare(other));
    const isNamed = commonCauseDays(days.map(([, tutors]) => together([...tutors.values()])));
    expect(days.flatMap(([day], index) => (isNamed[index] === true ? [day] : []))).toEqual([
      '2011-02-04',
      '2011-02-06',
    ]);
  });
});

/** By day and carrier: departures, and those the carrier cancelled. Before the spring Houston is six hours behind. */
function houston(): Map<string, Map<string, WindowCounts>> {
  const file = join(import.meta.dirname, '..', '..', 'test', 'data', 'hflights2011_sessions.csv.gz');
  const days = new Map<string, Map<string, WindowCounts>>();
  for (const line of gunzipSync(readFileSync(file)).toString().split('\n').slice(1)) {
    const [, tutor = '', , , scheduled = '', , , initiator] = line.split(',');
    if (scheduled === '' || scheduled >= '2011-02-15T06') continue;
    const day = new Date(Date.parse(scheduled) - 6 * 3_600_000).toISOString().slice(0, 10);
    const tutors = days.get(day) ?? new Map<string, WindowCounts>();
    days.set(day, tutors);
    const { sessions, reschedules } = tutors.get(tutor) ?? { sessions: 0, reschedules: 0 };
    tutors.set(tutor, { sessions: sessions + 1, reschedules: reschedules + (initiator === 'tutor' ? 1 : 0) });
  }
  return days;
}

function together(tutors: readonly WindowCounts[]): MarketplaceDay {
  return {
    sessions: tutors.reduce((sum, { sessions }) => sum + sessions, 0),
    reschedules: tutors.reduce((sum, { reschedules }) => sum + reschedules, 0),
    tutors: tutors.length,
    movers: tutors.filter(({ reschedules }) => reschedules > 0).length,
  };
}

function named(days: readonly MarketplaceDay[]): number[] {
  return [...commonCauseDays(days).entries()].flatMap(([index, isNamed]) => (isNamed ? [index] : []));
}

/** A day on which every tutor has three sessions, and nobody moves more than one. */
function dayOf(sessions: number, reschedules: number): MarketplaceDay {
  const tutors = Math.ceil(sessions / 3);
  return { sessions, reschedules, tutors, movers: Math.min(tutors, reschedules) };
}
