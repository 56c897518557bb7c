import { sql } from 'kysely';
import type { Tx } from '../database/connection.ts';
import { unnest } from '../database/statements/rows.ts';
import type { ClosedFlag, OpenedFlag } from './flag-changes.ts';

/** Closes the open flags of these tutors. */
export async function closeFlags(tx: Tx, flags: readonly ClosedFlag[], asOf: Date): Promise<void> {
  const columns = { tutor_id: 'uuid', close_reason: 'text', closed_probability: 'double precision' } as const;
  await sql`
    update risk_flags f
       set closed_at = greatest(${asOf}::timestamptz, f.opened_at),
           close_reason = c.close_reason, closed_probability = c.closed_probability
      from ${unnest(flags, columns)} as c (tutor_id, close_reason, closed_probability)
     where f.tutor_id = c.tutor_id and f.closed_at is null
  `.execute(tx);
}

/** Opens flags, each with its cause and the whole score of that moment. */
export async function openFlags(tx: Tx, flags: readonly OpenedFlag[], asOf: Date): Promise<void> {
  const rows = flags.map(({ level, score }) => ({
    tutor_id: score.tutor_id,
    level,
    sessions: score.evidence_sessions,
    reschedules: score.evidence_reschedules,
    risk_probability: score.risk_probability,
    prior_version: score.prior_version,
    score: JSON.stringify({
      7: { sessions: score.total_sessions_7d, reschedules: score.tutor_reschedules_7d },
      30: { sessions: score.total_sessions_30d, reschedules: score.tutor_reschedules_30d },
      90: { sessions: score.total_sessions_90d, reschedules: score.tutor_reschedules_90d },
    }),
  }));
  const columns = {
    tutor_id: 'uuid',
    level: 'text',
    sessions: 'integer',
    reschedules: 'integer',
    risk_probability: 'double precision',
    prior_version: 'integer',
    score: 'jsonb',
  } as const;
  await sql`
    insert into risk_flags (tutor_id, opened_at, rule, level, window_days, sessions, reschedules, risk_probability,
                            prior_version, score, risk_threshold)
    select n.tutor_id, ${asOf}::timestamptz, 'evidence', n.level, 90, n.sessions, n.reschedules, n.risk_probability,
           n.prior_version, n.score, s.risk_threshold
      from ${unnest(rows, columns)}
        as n (tutor_id, level, sessions, reschedules, risk_probability, prior_version, score)
      join tutor_scores s on s.tutor_id = n.tutor_id
  `.execute(tx);
}
