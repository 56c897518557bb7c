import type { FlagFigures, FlagLevel, ThresholdReplay } from '../contract/threshold.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { getSettings } from '../settings/queries.ts';
import { countFlagChanges } from './count-flag-changes.ts';
import { type FlaggedByThreshold, flaggedByThreshold } from './flagged-by-threshold.ts';
import { keepWhileSame, onceEach } from './keep.ts';
import { replayVersion } from './queries.ts';
import { tutorsWithSessions } from './raised-flags.ts';
import { type Past, REPLAYED_DAYS, readPast } from './read-past.ts';
import { type LevelReplay, type Replay, replayThreshold } from './replay-threshold.ts';

/** Per cent. */
const THRESHOLDS = Array.from({ length: 50 }, (_, index) => index + 1);
/** A busy marketplace changes all the time, and 90 days of it hardly within ten seconds. */
const KEPT = { leastMs: 10_000, mostMs: 60_000 };

/** What was played again of one state of the data; each threshold once. */
type Replays = { past: Past; at: (threshold: number) => Promise<Replay>; byThreshold: FlaggedByThreshold };

type Question = { risk_threshold?: number | undefined; level: FlagLevel };

/**
 * Answers what another threshold would change. What is worked out is kept in this process, so that a slider can be moved:
 * for a minute, or until a score is stored after ten seconds. Requests at once share it.
 */
export function openThresholdReplay(db: Db, clock: Clock, timezone: string) {
  const replaysOf = keepWhileSame(KEPT, (asOf) => readReplays(db, asOf, timezone));
  return async ({ risk_threshold, level }: Question): Promise<ThresholdReplay> => {
    const [asOf, version, settings] = await Promise.all([clock(db), replayVersion(db), getSettings(db)]);
    const asked = risk_threshold ?? settings.risk_threshold;
    const { past, at, byThreshold } = await replaysOf(version, asOf);
    const [current, chosen, on_change] = await Promise.all([
      at(settings.risk_threshold),
      at(asked),
      countFlagChanges(db, asOf, asked),
    ]);
    const days = past.days.slice(-REPLAYED_DAYS);
    return {
      as_of: past.asOf,
      tutors: tutorsWithSessions(past),
      current: figuresOf('flagged', settings.risk_threshold, current.flagged),
      chosen: figuresOf(level, asked, chosen[level]),
      rules: LEVELS.map((each) => figuresOf(each, asked, chosen[each])),
      days: days.map(({ day }, index) => ({
        day,
        flagged: chosen[level].days[index]?.flagged ?? 0,
        current: current.flagged.days[index]?.flagged ?? 0,
      })),
      common_cause_days: days.filter(({ has_common_cause }) => has_common_cause).map(({ day }) => day),
      by_threshold: byThreshold.map(({ risk_threshold: threshold, ...flagged }) => ({
        risk_threshold: threshold,
        flagged: flagged[level],
      })),
      on_change,
    };
  };
}

async function readReplays(db: Db, asOf: Date, timezone: string): Promise<Replays> {
  const past = await readPast(db, asOf, timezone);
  const at = onceEach((threshold) => replayThreshold(past, threshold));
  return { past, at, byThreshold: await flaggedByThreshold(past, THRESHOLDS) };
}

const LEVELS = ['literal', 'flagged', 'confirmed'] as const;

function figuresOf(level: FlagLevel, risk_threshold: number, { days, mistakes }: LevelReplay): FlagFigures {
  const opened = days.reduce((sum, day) => sum + day.opened, 0);
  const closed = days.reduce((sum, day) => sum + day.closed, 0);
  return {
    level,
    risk_threshold,
    flagged: days.at(-1)?.flagged ?? 0,
    above: hundredths(mistakes.above),
    wrong: hundredths(mistakes.wrong),
    missed: hundredths(mistakes.missed),
    opened,
    closed,
    changes_per_day: hundredths((opened + closed) / days.length),
  };
}

function hundredths(value: number): number {
  return Math.round(100 * value) / 100;
}
