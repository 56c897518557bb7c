import { FLAG, OLD_FLAG, OTHER_TUTOR, SCORE, TUTOR } from '../every-table.ts';
import { type BrokenRule, refusedBy } from './broken-rule.ts';

const NOBODY = '00000000-0000-4000-8000-0000000000ff';
const DELETE_OTHER_TUTOR = `delete from tutors where id = '${OTHER_TUTOR}'`;
const scoreWith = (change: string) => `update tutor_scores set ${change}`;
const flagWith = (change: string) => `update risk_flags set ${change} where id = '${FLAG}'`;
const oldFlagWith = (change: string) => `update risk_flags set ${change} where id = '${OLD_FLAG}'`;
const closedBecause = (reason: string) =>
  flagWith(`closed_at = now(), closed_probability = 0.3, close_reason = '${reason}'`);
const settingsWith = (change: string) => `update settings set ${change}`;
const flagOf = (tutor: string, id = NOBODY) => `
  insert into risk_flags (id, tutor_id, opened_at, rule, level, window_days, sessions, reschedules, risk_threshold,
                          risk_probability, score)
  values ('${id}', '${tutor}', now(), 'evidence', 'confirmed', 90, 20, 8, 15, 0.95, '{}')`;

export const BROKEN_SCORES_AND_FLAGS: BrokenRule[] = [
  ...refusedBy('settings_pkey', `insert into settings (risk_threshold, updated_by) values (20, 'test')`),
  ...refusedBy('settings_one_row', `insert into settings (id, risk_threshold, updated_by) values (false, 20, 'test')`),
  ...refusedBy(
    'settings_risk_threshold_range',
    settingsWith('risk_threshold = -0.01'),
    settingsWith('risk_threshold = 100.01'),
  ),

  ...refusedBy('tutor_scores_pkey', `insert into tutor_scores (id, tutor_id) values ('${SCORE}', '${OTHER_TUTOR}')`),
  ...refusedBy('tutor_scores_tutor_unique', `insert into tutor_scores (tutor_id) values ('${TUTOR}')`),
  ...refusedBy(
    'tutor_scores_tutor_id_fkey',
    `insert into tutor_scores (tutor_id) values ('${NOBODY}')`,
    `${scoreWith(`tutor_id = '${OTHER_TUTOR}'`)}; ${DELETE_OTHER_TUTOR}`,
  ),
  ...refusedBy(
    'tutor_scores_threshold_range',
    scoreWith('risk_threshold = -0.01'),
    scoreWith('risk_threshold = 100.01'),
  ),
  ...refusedBy(
    'tutor_scores_reschedules_within_sessions',
    scoreWith('tutor_reschedules_7d = -1'),
    scoreWith('total_sessions_7d = 2'),
    scoreWith('tutor_reschedules_30d = 30, tutor_reschedules_90d = 30'),
    scoreWith('tutor_reschedules_90d = 85'),
  ),
  ...refusedBy(
    'tutor_scores_windows_nested',
    scoreWith('total_sessions_7d = 30'),
    scoreWith('total_sessions_30d = 85'),
    scoreWith('tutor_reschedules_30d = 2'),
    scoreWith('tutor_reschedules_90d = 8'),
  ),

  ...refusedBy('tutors_to_rescore_pkey', `insert into tutors_to_rescore (tutor_id) values ('${TUTOR}')`),
  ...refusedBy(
    'tutors_to_rescore_tutor_id_fkey',
    `insert into tutors_to_rescore (tutor_id) values ('${NOBODY}')`,
    `insert into tutors_to_rescore (tutor_id) values ('${OTHER_TUTOR}'); ${DELETE_OTHER_TUTOR}`,
  ),
  ...refusedBy('tutors_to_rescore_attempts', `update tutors_to_rescore set attempts = -1`),

  ...refusedBy('risk_flags_pkey', flagOf(OTHER_TUTOR, FLAG)),
  ...refusedBy('risk_flags_tutor_id_fkey', flagOf(NOBODY), `${flagOf(OTHER_TUTOR)}; ${DELETE_OTHER_TUTOR}`),
  ...refusedBy('risk_flags_one_open', flagOf(TUTOR)),
  ...refusedBy(
    'risk_flags_prior_version_fkey',
    flagWith('prior_version = 9'),
    `${scoreWith('prior_version = null')}; delete from rate_priors`,
  ),
  ...refusedBy('risk_flags_rule_known', oldFlagWith(`rule = 'looks_bad'`)),
  ...refusedBy('risk_flags_level_known', flagWith(`level = 'clear'`), oldFlagWith(`level = ''`)),
  ...refusedBy('risk_flags_window_known', flagWith('window_days = 14')),
  ...refusedBy(
    'risk_flags_counts',
    flagWith('reschedules = 37'),
    flagWith('reschedules = -1'),
    flagWith('sessions = -1, reschedules = 0'),
  ),
  ...refusedBy(
    'risk_flags_cause_is_true',
    flagWith('risk_probability = 0.3999'),
    flagWith(`level = 'confirmed', risk_probability = 0.8999`),
    oldFlagWith('sessions = 20, reschedules = 3, risk_threshold = 15'),
    oldFlagWith('risk_threshold = 33.34'),
  ),
  ...refusedBy(
    'risk_flags_evidence_is_whole',
    flagWith('level = null'),
    flagWith('risk_probability = null'),
    flagWith('score = null'),
    oldFlagWith(`rule = 'evidence', closed_probability = 0.3`),
  ),
  ...refusedBy(
    'risk_flags_probability_range',
    flagWith('risk_probability = 1.001'),
    flagWith(`risk_probability = 'NaN'`),
    oldFlagWith('risk_probability = -0.001'),
    flagWith(`closed_at = now(), close_reason = 'fewer_moves', closed_probability = -0.001`),
    flagWith(`closed_at = now(), close_reason = 'fewer_moves', closed_probability = 1.001`),
  ),
  ...refusedBy('risk_flags_old_rule_is_closed', oldFlagWith('closed_at = null, close_reason = null')),
  ...refusedBy(
    'risk_flags_closed_after_opened',
    oldFlagWith(`closed_at = opened_at - interval '1 microsecond'`),
    flagWith(
      `close_reason = 'fewer_moves', closed_probability = 0.3, closed_at = opened_at - interval '1 microsecond'`,
    ),
  ),
  ...refusedBy(
    'risk_flags_closed_has_reason',
    flagWith('closed_at = now(), closed_probability = 0.3'),
    flagWith(`close_reason = 'fewer_moves'`),
  ),
  ...refusedBy(
    'risk_flags_closed_has_probability',
    flagWith(`closed_at = now(), close_reason = 'fewer_moves'`),
    flagWith('closed_probability = 0.3'),
    oldFlagWith('closed_probability = 0.3'),
  ),
  ...refusedBy('risk_flags_close_reason_known', closedBecause('forgiven'), oldFlagWith(`close_reason = 'forgiven'`)),

  ...refusedBy('sweep_state_pkey', `insert into sweep_state (name, watermark) select name, watermark from sweep_state`),
];

export const KEPT_SCORES_AND_FLAGS: string[] = [
  settingsWith('risk_threshold = 0'),
  settingsWith('risk_threshold = 100'),
  scoreWith('risk_threshold = 0'),
  scoreWith('risk_threshold = 100'),
  scoreWith('tutor_reschedules_7d = 9'),
  scoreWith('total_sessions_7d = 0, tutor_reschedules_7d = 0'),
  oldFlagWith('sessions = 4006, reschedules = 601, risk_threshold = 15'),
  oldFlagWith('risk_threshold = 33.33'),
  oldFlagWith(`closed_at = opened_at, close_reason = 'threshold_raised'`),
  oldFlagWith(`close_reason = 'rule_replaced'`),
  flagWith('risk_probability = 0.4'),
  flagWith(`level = 'confirmed', risk_probability = 0.9`),
  flagWith(`level = 'confirmed', risk_probability = 1`),
  // Evidence is more than the counts: who moved little so far may still be on watch.
  flagWith('sessions = 36, reschedules = 0'),
  flagWith('prior_version = null'),
  flagWith(`closed_at = opened_at, closed_probability = 0, close_reason = 'became_confirmed'`),
  flagWith(`closed_at = now(), closed_probability = 1, close_reason = 'became_watch'`),
  ...['threshold_raised', 'too_few_sessions', 'common_cause_day'].map(closedBecause),
  ...['fewer_moves', 'more_kept_sessions', 'prior_changed'].map(closedBecause),
  `${closedBecause('became_confirmed')}; ${flagOf(TUTOR)}`,
];
