import type { FlagFigures, ThresholdReplay } from '../contract/threshold.ts';
import { FLAG_LEVELS, type FlagLevel } from '../contract/threshold-question.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import type { FlagDay } from '../scoring/flag-course.ts';
import { getSettings } from '../settings/queries.ts';
import { countFlagChanges } from './count-flag-changes.ts';
import { curveThrough } from './curve-through.ts';
import { type FlaggedByThreshold, flaggedByThreshold } from './flagged-by-threshold.ts';
import { keepWhileSame, onceEach } from './keep.ts';
import { replayVersion } from './queries.ts';
import { tutorsWithSessions } from './raised-flags.ts';
import { type Past, REPLAYED_DAYS, readPast, settledNights } from './read-past.ts';
import { type LevelReplay, type Replay, replayThreshold } from './replay-threshold.ts';
import { type FlagsNow, storedFlags } from './stored-flags.ts';

/** Per cent. */
const THRESHOLDS = Array.from({ length: 50 }, (_, index) => index + 1);
/** A busy marketplace changes all the time, and 90 days of it hardly within ten seconds. */
const KEPT = { leastMs: 10_000, mostMs: 60_000 };

/** What was played again of one state of the data; each threshold once. */
type Replays = { past: Past; at: (threshold: number) => Promise<Replay>; byThreshold: FlaggedByThreshold };

type Question = { risk_threshold?: number | undefined; level: FlagLevel };

/**
 * Answers what another threshold would change. What is worked out is kept in this process, so that a slider can be moved:
 * for a minute, or until a score is stored after ten seconds. Requests at once share it. Who is flagged now by the stored
 * threshold is read anew each time.
 */
export function openThresholdReplay(db: Db, clock: Clock, timezone: string) {
  const replaysOf = keepWhileSame(KEPT, (asOf) => readReplays(db, asOf, timezone));
  return async ({ risk_threshold, level }: Question): Promise<ThresholdReplay> => {
    const [asOf, version, settings] = await Promise.all([clock(db), replayVersion(db), getSettings(db)]);
    const asked = risk_threshold ?? settings.risk_threshold;
    const { past, at, byThreshold } = await replaysOf(version, asOf);
    const [current, chosen, stored, on_change] = await Promise.all([
      at(settings.risk_threshold),
      at(asked),
      storedFlags(db),
      countFlagChanges(db, asOf, asked),
    ]);
    const days = past.days.slice(-REPLAYED_DAYS);
    const nights = settledNights(past);
    const figuresOf = (each: FlagLevel, threshold: number, replay: Replay): FlagFigures => ({
      level: each,
      risk_threshold: threshold,
      ...rounded(threshold === settings.risk_threshold ? stored[each] : endOf(replay[each])),
      ...changesIn(replay[each].days.slice(REPLAYED_DAYS - nights)),
    });
    const figures = figuresOf(level, asked, chosen);
    return {
      as_of: past.asOf,
      tutors: tutorsWithSessions(past),
      nights,
      current: figuresOf('flagged', settings.risk_threshold, current),
      chosen: figures,
      rules: FLAG_LEVELS.map((each) => figuresOf(each, asked, chosen)),
      days: days.map(({ day }, index) => ({
        day,
        flagged: chosen[level].days[index]?.flagged ?? 0,
        current: current.flagged.days[index]?.flagged ?? 0,
      })),
      common_cause_days: days.filter(({ has_common_cause }) => has_common_cause).map(({ day }) => day),
      by_threshold: curveThrough(
        byThreshold.map((step) => ({ risk_threshold: step.risk_threshold, flagged: step[level] })),
        [figures, { risk_threshold: settings.risk_threshold, flagged: stored[level].flagged }],
      ),
      on_change,
    };
  };
}

async function readReplays(db: Db, asOf: Date, timezone: string): Promise<Replays> {
  const past = await readPast(db, asOf, timezone);
  const at = onceEach((threshold) => replayThreshold(past, threshold));
  return { past, at, byThreshold: await flaggedByThreshold(past, THRESHOLDS) };
}

function endOf({ days, mistakes }: LevelReplay): FlagsNow {
  return { flagged: days.at(-1)?.flagged ?? 0, ...mistakes };
}

function rounded({ flagged, above, wrong, missed }: FlagsNow): FlagsNow {
  return { flagged, above: hundredths(above), wrong: hundredths(wrong), missed: hundredths(missed) };
}

function changesIn(nights: readonly FlagDay[]): Pick<FlagFigures, 'opened' | 'closed' | 'changes_per_day'> {
  const opened = nights.reduce((sum, night) => sum + night.opened, 0);
  const closed = nights.reduce((sum, night) => sum + night.closed, 0);
  const changes_per_day = nights.length === 0 ? null : hundredths((opened + closed) / nights.length);
  return { opened, closed, changes_per_day };
}

function hundredths(value: number): number {
  return Math.round(100 * value) / 100;
}
