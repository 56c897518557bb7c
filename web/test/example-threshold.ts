import type { ThresholdReplay } from '#contract/threshold.ts';
import { FLAG_LEVELS } from '#contract/threshold-question.ts';
import type { OnWire } from '../src/api/wire.ts';

type Replay = OnWire<ThresholdReplay>;
type Figures = Replay['chosen'];

/** What `GET /api/threshold` answers about a threshold, in a marketplace where 15 % is stored. */
export function exampleReplay(risk_threshold = 15, level: Figures['level'] = 'flagged', change: Partial<Replay> = {}) {
  const rules = FLAG_LEVELS.map((each) => exampleFigures(each, risk_threshold));
  const replay: Replay = {
    as_of: '2026-11-21T14:02:00.000Z',
    tutors: 213,
    nights: 90,
    current: exampleFigures('flagged', 15),
    chosen: exampleFigures(level, risk_threshold),
    rules,
    days: Array.from({ length: 90 }, (_, index) => ({
      day: new Date(Date.UTC(2026, 7, 24 + index)).toISOString().slice(0, 10),
      flagged: 30 + index,
      current: 48,
    })),
    common_cause_days: [],
    by_threshold: Array.from({ length: 50 }, (_, index) => ({ risk_threshold: index + 1, flagged: 200 - 4 * index })),
    on_change: { opened: 2, closed: 12, level_changed: 3 },
    ...change,
  };
  return replay;
}

/** The higher the threshold, the fewer; the literal rule flags most, and is most often wrong. */
function exampleFigures(level: Figures['level'], risk_threshold: number): Figures {
  const flagged = { literal: 120, flagged: 48, confirmed: 21 }[level] + 15 - risk_threshold;
  const wrong = { literal: 80.04, flagged: 9.31, confirmed: 1 }[level];
  return {
    level,
    risk_threshold,
    flagged,
    above: 63.2,
    wrong,
    missed: 20.1,
    opened: 71,
    closed: 70,
    changes_per_day: 1.57,
  };
}
