import { type RawBuilder, sql } from 'kysely';
import type { RescheduleOut } from '../contract/sessions.ts';
import type { TutorHistory } from '../contract/tutor-history.ts';
import type { Page, TutorList, TutorListItem, TutorSelection } from '../contract/tutors.ts';
import type { Db } from '../database/connection.ts';
import { asWireInstant } from '../database/statements/instant.ts';
import { PREPARED } from '../database/statements/prepared.ts';
import { type EvidenceTier, isFlagged } from '../scoring/evidence.ts';
import { type WindowDays, windowAt } from '../scoring/window.ts';
import { type Scores, STORED } from './as-of-queries.ts';

/**
 * One page of tutors with their scores. Ties are broken by id, so that no page repeats or skips a tutor. Of stored scores
 * the page is found first, on few columns and without tutors where nothing of theirs is asked.
 */
export async function listTutors(
  db: Db,
  selection: TutorSelection,
  { limit, offset }: Page,
  scores: Scores = STORED,
): Promise<TutorListItem[]> {
  const direction = sql.raw(selection.sort_order);
  const order = sql.join([...sortKeys(selection), sql`s.tutor_id`].map((key) => sql`${key} ${direction}`));
  const chosen = sql`
     where ${matches(selection)} and ${hasRisk(selection)} and ${hasEvidence(selection)}
     order by ${order}
     limit ${limit} offset ${offset}`;
  const isOfTutors = asksOfTutors(selection) || selection.sort_by === 'name';
  // Looked up one by one, as their limits say: a prepared plan does not know how short the page is, and would read all.
  const page = sql`
      from (select s.tutor_id from ${withTutors(scores, isOfTutors)} ${chosen}) p
     cross join lateral (select s.* from tutor_scores s where s.tutor_id = p.tutor_id limit 1) s
     cross join lateral (select t.* from tutors t where t.id = p.tutor_id limit 1) t
     order by ${order}`;
  const { rows } = await sql<TutorListItem>`
    ${preparedFor(scores, selection.search)}
    select t.id, t.name, t.is_active, ${scoreColumns(scores)}
      ${isStored(scores) ? page : sql`from ${withTutors(scores, true)} ${chosen}`}
  `.execute(db);
  return rows;
}

/** How many tutors a selection has, and how many it would have with each risk status and each evidence. */
export async function countTutors(db: Db, selection: TutorSelection, scores: Scores = STORED): Promise<TutorCounts> {
  const { risk_status, evidence } = selection;
  const { rows } = await sql<CountRow>`
    ${preparedFor(scores, selection.search)}
    select s.is_high_risk, s.evidence, count(*) as tutors
      from ${withTutors(scores, asksOfTutors(selection))}
     where ${matches(selection)}
     group by s.is_high_risk, s.evidence
  `.execute(db);
  const count = (isCounted: (row: CountRow) => boolean) =>
    rows.filter(isCounted).reduce((sum, { tutors }) => sum + tutors, 0);
  const ofEvidence = (row: CountRow, asked: TutorSelection['evidence']) =>
    asked === 'all' || (asked === 'flagged' ? isFlagged(row.evidence) : row.evidence === asked);
  const ofRisk = (row: CountRow, asked: TutorSelection['risk_status']) =>
    asked === 'all' || row.is_high_risk === (asked === 'high_risk');
  const byRisk = (asked: TutorSelection['risk_status']) =>
    count((row) => ofEvidence(row, evidence) && ofRisk(row, asked));
  const byEvidence = (asked: TutorSelection['evidence']) =>
    count((row) => ofRisk(row, risk_status) && ofEvidence(row, asked));
  return {
    total: byRisk(risk_status),
    counts: { all: byRisk('all'), high_risk: byRisk('high_risk'), low_risk: byRisk('low_risk') },
    evidence_counts: {
      all: byEvidence('all'),
      confirmed: byEvidence('confirmed'),
      watch: byEvidence('watch'),
      flagged: byEvidence('flagged'),
      clear: byEvidence('clear'),
      too_few: byEvidence('too_few'),
    },
  };
}

type TutorCounts = Pick<TutorList, 'total' | 'counts' | 'evidence_counts'>;
type CountRow = { is_high_risk: boolean; evidence: EvidenceTier; tutors: number };

type TutorDetailRow = TutorListItem & { email: string | null; created_at: Date };

export async function getTutor(db: Db, id: string, scores: Scores = STORED): Promise<TutorDetailRow | null> {
  const { rows } = await sql<TutorDetailRow>`
    ${preparedFor(scores)}
    select t.id, t.name, t.email, t.is_active, t.created_at, ${scoreColumns(scores)}
      from tutors t
      join ${scores.relation} s on s.tutor_id = t.id
     where t.id = ${id}
  `.execute(db);
  return rows[0] ?? null;
}

/** The flag of a tutor that was open at an instant. */
export async function getOpenFlag(db: Db, tutorId: string, asOf: Date) {
  const flag = await db
    .selectFrom('risk_flags')
    .modifyFront(PREPARED)
    .select(['opened_at', 'rule', 'level', 'risk_probability'])
    .select(['window_days', 'sessions', 'reschedules', 'rate', 'risk_threshold'])
    .where('tutor_id', '=', tutorId)
    .where('rule', '=', 'evidence')
    .where('opened_at', '<=', asOf)
    .where((eb) => eb.or([eb('closed_at', 'is', null), eb('closed_at', '>', asOf)]))
    .executeTakeFirst();
  return flag ?? null;
}

export async function tutorExists(db: Db, id: string): Promise<boolean> {
  return (
    (await db.selectFrom('tutors').modifyFront(PREPARED).select('id').where('id', '=', id).executeTakeFirst()) !==
    undefined
  );
}

/** The reschedules of sessions that were to take place in the last `days` days, newest first. */
export async function listReschedules(
  db: Db,
  tutorId: string,
  days: number,
  limit: number,
  asOf: Date,
): Promise<RescheduleOut[]> {
  const { from, until } = windowAt(asOf, days);
  const { rows } = await sql<RescheduleOut>`
    ${PREPARED}
    select id, session_id, ${asWireInstant(sql`original_time`)} as original_time,
           ${asWireInstant(sql`new_time`)} as new_time, initiator, reason, reason_code,
           ${asWireInstant(sql`cancelled_at`)} as cancelled_at, hours_before_session
      from reschedules r
     where tutor_id = ${tutorId} and r.original_time >= ${from} and r.original_time < ${until}
     order by r.original_time desc, id desc
     limit ${limit}
  `.execute(db);
  return rows;
}

type Week = TutorHistory['trend']['reschedule_rate_by_week'][number];

/**
 * The rate of each ISO week that the last `days` days touch, whole weeks in the business time zone, so that a week
 * around a clock change has 167 or 169 hours; the current one ends at `asOf`. An unknown tutor has none.
 */
export async function rateByWeek(db: Db, tutorId: string, days: number, timezone: string, asOf: Date): Promise<Week[]> {
  const { from } = windowAt(asOf, days);
  const { rows } = await sql<Week>`
    ${PREPARED}
    with weeks as (
      select monday, monday at time zone ${timezone} as starts,
             least((monday + interval '1 week') at time zone ${timezone}, ${asOf}::timestamptz) as ends
        from generate_series(date_trunc('week', ${from}::timestamptz at time zone ${timezone}),
                             date_trunc('week', (${asOf}::timestamptz - interval '1 millisecond') at time zone ${timezone}),
                             interval '1 week') as monday)
    select to_char(w.monday, 'YYYY-MM-DD') as week, s.total_sessions, r.tutor_reschedules,
           round(100.0 * r.tutor_reschedules / nullif(s.total_sessions, 0), 2) as rate
      from tutors t
     cross join weeks w
     cross join lateral (
           select count(*) as total_sessions from sessions
            where tutor_id = ${tutorId} and scheduled_time >= w.starts and scheduled_time < w.ends) s
     cross join lateral (
           select count(*) as tutor_reschedules from reschedules
            where tutor_id = ${tutorId} and initiator = 'tutor'
              and original_time >= w.starts and original_time < w.ends) r
     where t.id = ${tutorId}
     order by w.monday
  `.execute(db);
  return rows;
}

/**
 * A past day comes as a list of any length, and a name may be anybody's or everybody's: what is right for a few tutors is
 * wrong for all of them.
 */
function preparedFor(scores: Scores, search?: string): RawBuilder<unknown> {
  return isStored(scores) && search === undefined ? PREPARED : sql``;
}

function isStored({ relation }: Scores): boolean {
  return relation === STORED.relation;
}

function scoreColumns({ calculatedAt }: Scores): RawBuilder<unknown> {
  return sql`
    s.reschedule_rate_7d, s.reschedule_rate_30d, s.reschedule_rate_90d,
    s.total_sessions_7d, s.total_sessions_30d, s.total_sessions_90d,
    s.tutor_reschedules_7d, s.tutor_reschedules_30d, s.tutor_reschedules_90d,
    s.risk_threshold, s.is_high_risk, s.evidence, s.risk_probability,
    s.expected_rate, s.expected_rate_lower, s.expected_rate_upper,
    s.evidence_sessions, s.evidence_reschedules, s.prior_version,
    ${asWireInstant(sql`s.rise_signalled_at`)} as rise_signalled_at,
    ${asWireInstant(calculatedAt)} as last_calculated_at`;
}

/** Every score has its tutor: who is not asked about need not be looked up. */
function withTutors({ relation }: Scores, isOfTutors: boolean): RawBuilder<unknown> {
  return isOfTutors ? sql`${relation} s join tutors t on t.id = s.tutor_id` : sql`${relation} s`;
}

function asksOfTutors({ is_active, search }: TutorSelection): boolean {
  return is_active !== 'all' || search !== undefined;
}

/** What the list is ordered by; the moves above the threshold are a hundred times what they are, and so exact. */
function sortKeys({ sort_by, window_days }: TutorSelection): RawBuilder<unknown>[] {
  const { rate, sessions, reschedules } = windowColumns(window_days);
  const keys: Record<TutorSelection['sort_by'], RawBuilder<unknown>[]> = {
    reschedule_rate: [rate],
    total_sessions: [sessions],
    moves_above_threshold: [sql`100 * ${reschedules}::bigint - s.risk_threshold * ${sessions}`],
    evidence: [sql`s.evidence_rank`, sql`coalesce(s.risk_probability, -1)`],
    name: [sql`t.name_search`],
  };
  return keys[sort_by];
}

/** All rules of a selection but risk status and evidence. */
function matches({ is_active, search, window_days, rate_from, rate_below }: TutorSelection): RawBuilder<unknown> {
  const rules = [sql`true`];
  if (is_active !== 'all') rules.push(sql`t.is_active = ${is_active === 'true'}`);
  // `%` and `_` are letters like any other to somebody who searches for them.
  const pattern = sql`'%' || regexp_replace(search_key(${search}), '([\\\\%_])', '\\\\\\1', 'g') || '%'`;
  if (search !== undefined) rules.push(sql`t.name_search like ${pattern}`);
  const { rate, sessions } = windowColumns(window_days);
  // The stored rate of a window without sessions is 0, which is no rate.
  if (rate_from !== undefined) rules.push(sql`${sessions} > 0 and ${rate} >= ${rate_from}`);
  if (rate_below !== undefined) rules.push(sql`${sessions} > 0 and ${rate} < ${rate_below}`);
  return sql.join(rules, sql` and `);
}

function hasRisk({ risk_status }: TutorSelection): RawBuilder<unknown> {
  return risk_status === 'all' ? sql`true` : sql`s.is_high_risk = ${risk_status === 'high_risk'}`;
}

function hasEvidence({ evidence }: TutorSelection): RawBuilder<unknown> {
  if (evidence === 'all') return sql`true`;
  return evidence === 'flagged' ? sql`s.evidence_rank > 0` : sql`s.evidence = ${evidence}`;
}

function windowColumns(days: WindowDays) {
  return {
    rate: sql.ref(`s.reschedule_rate_${days}d`),
    sessions: sql.ref(`s.total_sessions_${days}d`),
    reschedules: sql.ref(`s.tutor_reschedules_${days}d`),
  };
}
