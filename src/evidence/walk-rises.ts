import type { Db, Tx } from '../database/connection.ts';
import type { RateBelief } from '../scoring/posterior.ts';
import { newRiseWatch, type RiseCharts, type RiseWatch, riseCharts, watchRise } from '../scoring/rise.ts';
import {
  type Alarm,
  daysToWalk,
  insertAlarms,
  markWalked,
  passEarlierDays,
  readWatches,
  saveWatches,
  type TutorDay,
  tutorDays,
  type WatchRow,
  waitToWalk,
} from './rise-queries.ts';

/** At once, and in memory. */
const DAYS = 30;

/**
 * Takes the watch over every tutor's own rate through the business days that are over at `now`, each once: what arrives
 * later for such a day is not gone back for, and what was said stays as it was said. A chunk of days is a transaction,
 * and one goes on at a time; `goOn` is asked before each, and throws to stop.
 */
export async function walkRises(db: Db, prior: RateBelief, now: Date, goOn: () => void): Promise<void> {
  const charts = riseCharts();
  const walkOn = (tx: Tx) => {
    goOn();
    return walkChunk(tx, { prior, charts, now });
  };
  while (await db.transaction().execute(walkOn));
}

type Walk = { prior: RateBelief; charts: RiseCharts; now: Date };

/** Returns whether there was a day to walk. */
async function walkChunk(tx: Tx, { prior, charts, now }: Walk): Promise<boolean> {
  await waitToWalk(tx);
  await passEarlierDays(tx);
  const days = await daysToWalk(tx, now, DAYS);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return false;
  const watches = new Map((await readWatches(tx)).map((row) => [row.tutor_id, watchOf(row)]));
  const changed = new Map<string, RiseWatch>();
  const alarms: Alarm[] = [];
  for (const day of await tutorDays(tx, first.starts_at, last.ends_at)) {
    const watch = changed.get(day.tutor_id) ?? watches.get(day.tutor_id) ?? newRiseWatch(prior);
    const step = watchRise(watch, day, prior, charts);
    if (step.isAlarm) alarms.push(alarmOf(day, watch));
    changed.set(day.tutor_id, step.watch);
  }
  await saveWatches(
    tx,
    Array.from(changed, ([tutor_id, watch]) => rowOf(tutor_id, watch)),
  );
  await insertAlarms(tx, alarms);
  await markWalked(tx, first.starts_at, last.ends_at);
  return true;
}

/** The alarm of a day, told with what gathered up to it: the watch counts one move a day, so moves are days. */
function alarmOf({ tutor_id, ends_at, sessions, reschedules }: TutorDay, { since, percent }: RiseWatch): Alarm {
  return {
    tutor_id,
    signalled_at: ends_at,
    usual_rate: percent,
    move_days: since.reschedules + Math.min(1, reschedules),
    kept_sessions: since.sessions - since.reschedules + sessions - reschedules,
  };
}

function watchOf(row: WatchRow): RiseWatch {
  return {
    usual: { sessions: row.usual_sessions, reschedules: row.usual_reschedules },
    since: { sessions: row.since_sessions, reschedules: row.since_reschedules },
    percent: row.percent,
    steps: row.steps,
  };
}

function rowOf(tutor_id: string, { usual, since, percent, steps }: RiseWatch): WatchRow {
  return {
    tutor_id,
    usual_sessions: usual.sessions,
    usual_reschedules: usual.reschedules,
    since_sessions: since.sessions,
    since_reschedules: since.reschedules,
    percent,
    steps,
  };
}
