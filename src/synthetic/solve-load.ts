import { at } from './at.ts';
import { type SlotRange, type Slots, weightOf } from './calendar.ts';
import type { TutorPlan } from './plan-tutors.ts';
import { apportion, sessionQuotas } from './quotas.ts';
import type { Random } from './random.ts';
import { CLASS_TARGETS } from './targets.ts';

/**
 * How many sessions each tutor has; together exactly `sessions`. A tutor's load follows the time taught (busy seasons
 * count more). The high class teaches so much more than the others that the moves add up to their share of
 * all sessions: with weights w and rates r, sum(w * r) = quota * sum(w) has one solution for the high class's factor.
 */
export function solveLoad(
  random: Random,
  plans: readonly TutorPlan[],
  ranges: readonly SlotRange[],
  slots: Slots,
  sessions: number,
): number[] {
  const base = plans.map(
    ({ risk_class }, index) =>
      weightOf(slots, at(ranges, index)) * CLASS_TARGETS[risk_class].load * random.between(0.75, 1.25),
  );
  const quota = sessions === 0 ? 0 : sessionQuotas(sessions).movedByTutor / sessions;
  let lacking = 0;
  let surplus = 0;
  for (const [index, { risk_class, true_rate }] of plans.entries()) {
    const balance = at(base, index) * (true_rate - quota);
    if (risk_class === 'high') surplus += balance;
    else lacking -= balance;
  }
  // Without high-risk tutors nothing can make up for the others; the audit then says what was missed.
  const factor = surplus > 0 && lacking > 0 ? lacking / surplus : 1;
  return apportion(
    sessions,
    plans.map(({ risk_class }, index) => at(base, index) * (risk_class === 'high' ? factor : 1)),
    plans.map(({ risk_class }) => CLASS_TARGETS[risk_class].fewestSessions),
  );
}
