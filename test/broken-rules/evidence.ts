import { DAY, OTHER_TUTOR, PRIOR, TUTOR } from '../every-table.ts';
import { type BrokenRule, refusedBy } from './broken-rule.ts';

const NOBODY = '00000000-0000-4000-8000-0000000000ff';
const DELETE_OTHER_TUTOR = `delete from tutors where id = '${OTHER_TUTOR}'`;
const scoreWith = (change: string) => `update tutor_scores set ${change}`;
const priorWith = (change: string) => `update rate_priors set ${change}`;
const dayWith = (change: string) => `update marketplace_days set ${change}`;
const watchWith = (change: string) => `update rise_watches set ${change}`;
const alarmWith = (change: string) => `update rise_alarms set ${change}`;
const watchOf = (tutor: string) => `
  insert into rise_watches (tutor_id, usual_sessions, usual_reschedules, since_sessions, since_reschedules, percent, steps)
  values ('${tutor}', 0, 0, 0, 0, 8, 0)`;
const alarmOf = (tutor: string, signalledAt: string) => `
  insert into rise_alarms (tutor_id, signalled_at, usual_rate, move_days, kept_sessions)
  values ('${tutor}', '${signalledAt}', 8, 6, 14)`;

/** A score that nobody has weighed yet has none of these. */
const NOT_WEIGHED =
  'risk_probability = null, expected_rate = null, expected_rate_lower = null, expected_rate_upper = null';

const NO_SESSIONS = 'evidence_sessions = 0, evidence_reschedules = 0';

export const BROKEN_EVIDENCE: BrokenRule[] = [
  ...refusedBy(
    'rate_priors_pkey',
    `insert into rate_priors (version, as_of, basis, a, b, tutors, sessions, reschedules) overriding system value
     values (${PRIOR}, now(), 'assumed', 2, 23, 0, 0, 0)`,
  ),
  ...refusedBy('rate_priors_basis_known', priorWith(`basis = 'guessed'`)),
  ...refusedBy(
    'rate_priors_positive',
    priorWith('a = 0'),
    priorWith('b = 0'),
    priorWith(`a = 'infinity'`),
    priorWith(`b = 'infinity'`),
    priorWith(`a = 'NaN'`),
    priorWith(`b = 'NaN'`),
  ),
  ...refusedBy(
    'rate_priors_counts',
    priorWith('tutors = -1'),
    priorWith('reschedules = -1'),
    priorWith('reschedules = 90001'),
  ),

  ...refusedBy(
    'marketplace_days_pkey',
    `insert into marketplace_days select * from marketplace_days where day = '${DAY}'`,
  ),
  ...refusedBy('marketplace_days_length', dayWith('ends_at = starts_at')),
  ...refusedBy(
    'marketplace_days_counts',
    dayWith('reschedules = 3001'),
    dayWith('movers = 6'),
    dayWith('movers = -1'),
    dayWith('tutors = 3001'),
    dayWith('reschedules = 3'),
  ),
  ...refusedBy('marketplace_days_named_is_far_above', dayWith('is_far_above = false')),

  ...refusedBy('rise_watches_pkey', watchOf(TUTOR)),
  ...refusedBy('rise_watches_tutor_id_fkey', watchOf(NOBODY), `${watchOf(OTHER_TUTOR)}; ${DELETE_OTHER_TUTOR}`),
  ...refusedBy(
    'rise_watches_counts',
    watchWith('usual_reschedules = -1'),
    watchWith('usual_reschedules = 61'),
    watchWith('since_reschedules = -1'),
    watchWith('since_reschedules = 10'),
  ),
  ...refusedBy('rise_watches_range', watchWith('percent = -1'), watchWith('percent = 101'), watchWith('steps = -1')),

  ...refusedBy('rise_alarms_pkey', alarmOf(TUTOR, '2024-01-15T00:00:00Z')),
  ...refusedBy(
    'rise_alarms_tutor_id_fkey',
    alarmOf(NOBODY, '2024-01-15T00:00:00Z'),
    `${alarmOf(OTHER_TUTOR, '2024-01-15T00:00:00Z')}; ${DELETE_OTHER_TUTOR}`,
  ),
  ...refusedBy('rise_alarms_counts', alarmWith('move_days = 0'), alarmWith('kept_sessions = -1')),
  ...refusedBy('rise_alarms_usual_rate_range', alarmWith('usual_rate = -0.01'), alarmWith('usual_rate = 100.01')),

  ...refusedBy(
    'tutor_scores_prior_version_fkey',
    scoreWith('prior_version = 9'),
    'update risk_flags set prior_version = null; delete from rate_priors',
  ),
  ...refusedBy('tutor_scores_evidence_known', scoreWith(`evidence = 'high'`)),
  ...refusedBy(
    'tutor_scores_risk_probability_range',
    scoreWith('risk_probability = -0.001'),
    scoreWith('risk_probability = 1.001'),
    scoreWith(`risk_probability = 'NaN'`),
  ),
  ...refusedBy(
    'tutor_scores_evidence_within_90d',
    scoreWith('evidence_reschedules = -1'),
    scoreWith('evidence_sessions = 7'),
    scoreWith('evidence_sessions = 85'),
    scoreWith('evidence_reschedules = 13'),
  ),
  ...refusedBy(
    'tutor_scores_expected_rate_range',
    scoreWith('expected_rate = -0.01'),
    scoreWith('expected_rate = 100.01'),
    scoreWith('expected_rate_lower = -0.01'),
    scoreWith('expected_rate_lower = 24.42'),
    scoreWith('expected_rate_upper = 9.22'),
    scoreWith('expected_rate_upper = 100.01'),
  ),
  ...refusedBy(
    'tutor_scores_weighed_whole',
    scoreWith('expected_rate = null'),
    scoreWith('expected_rate_lower = null'),
    scoreWith('expected_rate_upper = null'),
    scoreWith(`evidence = 'too_few', risk_probability = null`),
  ),
  ...refusedBy(
    'tutor_scores_evidence_is_weighed',
    scoreWith(NOT_WEIGHED),
    scoreWith(`evidence = 'clear', ${NOT_WEIGHED}`),
    scoreWith(NO_SESSIONS),
    scoreWith(`evidence = 'confirmed', ${NO_SESSIONS}`),
  ),
];

export const KEPT_EVIDENCE: string[] = [
  ...['fitted', 'no_difference', 'assumed'].map((basis) => priorWith(`basis = '${basis}'`)),
  priorWith('tutors = 0, sessions = 0, reschedules = 0'),
  priorWith('a = 1e-9, b = 1e9, reschedules = sessions'),
  dayWith(`ends_at = starts_at + interval '1 microsecond'`),
  dayWith('sessions = 0, reschedules = 0, tutors = 0, movers = 0'),
  dayWith('sessions = 5, reschedules = 4'),
  dayWith('has_common_cause = false'),
  dayWith('has_common_cause = false, is_far_above = false'),
  watchOf(OTHER_TUTOR),
  watchWith('usual_reschedules = 60, since_reschedules = 9, percent = 100'),
  watchWith('usual_sessions = 0, usual_reschedules = 0, percent = 0'),
  alarmOf(TUTOR, '2024-01-16T00:00:00Z'),
  alarmWith('move_days = 1, kept_sessions = 0, usual_rate = 100'),
  alarmWith('usual_rate = 0'),
  ...['confirmed', 'watch', 'clear', 'too_few'].map((tier) => scoreWith(`evidence = '${tier}'`)),
  scoreWith('risk_probability = 0, prior_version = null, rise_signalled_at = null'),
  scoreWith('risk_probability = 1'),
  scoreWith('evidence_sessions = 84, evidence_reschedules = 12'),
  scoreWith('evidence_sessions = 1, evidence_reschedules = 0'),
  scoreWith(`evidence = 'too_few', ${NO_SESSIONS}`),
  scoreWith('expected_rate = 0, expected_rate_lower = 0, expected_rate_upper = 0'),
  // Where nearly all tutors never move and a few always do, the mean lies above nine tenths of what is likely.
  scoreWith('expected_rate = 0.27, expected_rate_lower = 0, expected_rate_upper = 0'),
  scoreWith('expected_rate = 100, expected_rate_lower = 100, expected_rate_upper = 100'),
  scoreWith(`evidence = 'too_few', ${NOT_WEIGHED}`),
];
