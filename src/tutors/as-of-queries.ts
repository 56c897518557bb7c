import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import { unnest } from '../database/statements/rows.ts';
import type { EvidenceTier } from '../scoring/evidence.ts';
import { WINDOW_DAYS } from '../scoring/window.ts';
import { type NewScore, SCORE_COLUMNS } from './score-queries.ts';

/** Scores to read: a relation with the columns of `tutor_scores`, and the instant for which a row of it, `s`, holds. */
export type Scores = { relation: RawBuilder<unknown>; calculatedAt: RawBuilder<unknown> };

/**
 * The scores as they are stored. They are exact at the later of the row's own time and the sweep's watermark, but for
 * tutors with work waiting.
 */
export const STORED: Scores = {
  relation: sql`tutor_scores`,
  calculatedAt: sql`
    case when exists (select from tutors_to_rescore m where m.tutor_id = s.tutor_id) then s.last_calculated_at
         else greatest(s.last_calculated_at, (select watermark from sweep_state where name = 'window_edges'))
     end`,
};

/** Scores worked out for a past instant, in the place of the stored ones. `threshold` is in per cent. */
export function scoresAsOf(scores: readonly NewScore[], threshold: number, asOf: Date): Scores {
  const rates = WINDOW_DAYS.map((days) => {
    const [sessions, moves] = [sql.ref(`n.total_sessions_${days}d`), sql.ref(`n.tutor_reschedules_${days}d`)];
    const rate = sql`case when ${sessions} = 0 then 0 else round(100.0 * ${moves} / ${sessions}, 2) end`;
    return sql`${rate} as ${sql.ref(`reschedule_rate_${days}d`)}`;
  });
  const isAbove = WINDOW_DAYS.map((days) => {
    const [sessions, moves] = [sql.ref(`n.total_sessions_${days}d`), sql.ref(`n.tutor_reschedules_${days}d`)];
    return sql`100 * ${moves} > ${threshold}::numeric * ${sessions}`;
  });
  const relation = sql`
    (select n.*, ${sql.join(rates)}, ${threshold}::numeric as risk_threshold,
            (${sql.join(isAbove, sql` or `)}) as is_high_risk,
            case n.evidence when 'confirmed' then 2 when 'watch' then 1 else 0 end as evidence_rank
       from ${unnest(scores, SCORE_COLUMNS)} as n (${sql.raw(Object.keys(SCORE_COLUMNS).join(', '))}))`;
  return { relation, calculatedAt: sql`${asOf}::timestamptz` };
}

/** What the open flags said at an instant. */
export async function tiersSaidAt(db: Db, asOf: Date): Promise<Map<string, EvidenceTier>> {
  const rows = await db
    .selectFrom('risk_flags')
    .select(['tutor_id', 'level'])
    .where('rule', '=', 'evidence')
    .where('opened_at', '<=', asOf)
    .where((eb) => eb.or([eb('closed_at', 'is', null), eb('closed_at', '>', asOf)]))
    .execute();
  return new Map(rows.map(({ tutor_id, level }): [string, EvidenceTier] => [tutor_id, level ?? 'too_few']));
}
