import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { databaseClock } from '../database/clock.ts';
import { rescheduleRate } from '../scoring/reschedule-rate.ts';
import { isHighRisk } from '../scoring/risk.ts';
import { WINDOW_DAYS } from '../scoring/window.ts';
import { getSettings } from '../settings/queries.ts';
import { type ComputedScore, computeScores } from '../tutors/count-queries.ts';
import { csvLine } from '../tutors/csv.ts';
import { withPlatform } from './platform.ts';
import { print } from './terminal.ts';

type Cell = string | number | boolean;

/** `npm run -s scores -- --as-of T --csv`: all tutors at any instant. */
export async function scores(config: Config, log: Logger, options: { asOf?: Date; csv: boolean }): Promise<void> {
  await withPlatform(config, log, async ({ db }) => {
    const { risk_threshold } = await getSettings(db);
    const asOf = options.asOf ?? (await databaseClock(db));
    const rows = (await computeScores(db, asOf)).map((score) => cellsOf(score, risk_threshold));
    print(options.csv ? [HEADER, ...rows].map(csvLine).join('') : table(rows));
  });
}

const HEADER = [
  'tutor_id',
  'name',
  ...WINDOW_DAYS.flatMap((days) => [
    `total_sessions_${days}d`,
    `tutor_reschedules_${days}d`,
    `reschedule_rate_${days}d`,
  ]),
  'is_high_risk',
];

function cellsOf(score: ComputedScore, threshold: number): Cell[] {
  const counts = {
    7: { sessions: score.total_sessions_7d, reschedules: score.tutor_reschedules_7d },
    30: { sessions: score.total_sessions_30d, reschedules: score.tutor_reschedules_30d },
    90: { sessions: score.total_sessions_90d, reschedules: score.tutor_reschedules_90d },
  };
  const windows = WINDOW_DAYS.flatMap((days) => {
    const { sessions, reschedules } = counts[days];
    return [sessions, reschedules, (rescheduleRate(counts[days]) ?? 0).toFixed(2)];
  });
  return [score.tutor_id, score.name, ...windows, isHighRisk(counts, threshold)];
}

/** For a person: the name, "5 of 27  18.52 %" a window, and the flag in a word. */
function table(rows: Cell[][]): string {
  const lines = rows.map(([, name, n7, k7, r7, n30, k30, r30, n90, k90, r90, high]) => {
    return `${String(name).padEnd(30)}${window(k7, n7, r7)}${window(k30, n30, r30)}${window(k90, n90, r90)}  ${high ? 'high risk' : ''}`;
  });
  const head = `${'tutor'.padEnd(30)}${'7 days'.padStart(22)}${'30 days'.padStart(22)}${'90 days'.padStart(22)}`;
  return `${[head, ...lines].map((line) => line.trimEnd()).join('\n')}\n`;
}

function window(moves?: Cell, sessions?: Cell, rate?: Cell): string {
  return (sessions === 0 ? 'no sessions' : `${moves} of ${sessions}  ${rate} %`).padStart(22);
}
