import type { RescheduleOut } from '#contract/sessions.ts';
import type { OnWire } from '../../api/wire.ts';
import type { TutorSearch } from './tutor-search.ts';

export type Reschedule = OnWire<RescheduleOut>;
type Selection = Pick<TutorSearch, 'initiator' | 'sort_by' | 'sort_order'>;

/** Those of one initiator in the order asked for; a notice that is unknown comes last either way. */
export function selectReschedules(reschedules: readonly Reschedule[], selection: Selection): Reschedule[] {
  const { initiator, sort_by, sort_order } = selection;
  const sign = sort_order === 'asc' ? 1 : -1;
  return reschedules
    .filter((reschedule) => initiator === 'all' || reschedule.initiator === initiator)
    .sort((a, b) => {
      const [left, right] = [keyOf(a, sort_by), keyOf(b, sort_by)];
      if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
      return sign * (left - right);
    });
}

export function countByInitiator(reschedules: readonly Reschedule[]): Record<Selection['initiator'], number> {
  const tutor = reschedules.filter(({ initiator }) => initiator === 'tutor').length;
  return { all: reschedules.length, tutor, student: reschedules.length - tutor };
}

function keyOf(reschedule: Reschedule, sortBy: Selection['sort_by']): number | null {
  return sortBy === 'original_time' ? Date.parse(reschedule.original_time) : reschedule.hours_before_session;
}
