import type { FunnelTutor } from '../contract/funnel.ts';
import { binomialCdf, binomialUpperTail } from '../scoring/binomial.ts';
import { FUNNEL_COVERAGES, overdispersedLimits } from '../scoring/funnel.ts';
import type { WindowCounts } from '../scoring/reschedule-rate.ts';

type Passed = FunnelTutor['outside'];

const [WARNING, ALARM] = FUNNEL_COVERAGES;

/**
 * The farther limit that a tutor lies outside of, of chance and of the overdispersed ones; `centre` is the share of all.
 *
 * Of chance the tail itself decides, so that "outside of 99.8 %" is true of one in 500 at most. The lines that are
 * drawn lie between two counts; whoever is less than one move above one is not outside yet: 1 of 1 is no surprise.
 */
export function limitsPassed(
  counts: WindowCounts,
  centre: number,
  tauSquared: number,
): Pick<FunnelTutor, 'outside' | 'outside_overdispersed'> {
  const outside = farther((coverage) => isRare(counts, centre, coverage));
  if (outside === null || tauSquared === 0) return { outside, outside_overdispersed: outside };
  const outside_overdispersed = farther(
    (coverage) => isRare(counts, centre, coverage) && isOutsideOverdispersed(counts, centre, coverage, tauSquared),
  );
  return { outside, outside_overdispersed };
}

function farther(isOutside: (coverage: number) => boolean): Passed {
  return isOutside(ALARM) ? '99.8' : isOutside(WARNING) ? '95' : null;
}

/** Whether chance alone gives so many moves or more, or so few or fewer, less often than the limits leave out. */
function isRare({ sessions, reschedules }: WindowCounts, centre: number, coverage: number): boolean {
  const tail = (1 - coverage) / 2;
  return binomialUpperTail(reschedules, sessions, centre) <= tail || binomialCdf(reschedules, sessions, centre) <= tail;
}

/** The scale of these limits knows nothing of whole counts: half a move towards the middle makes up for it. */
function isOutsideOverdispersed(
  { sessions, reschedules }: WindowCounts,
  centre: number,
  coverage: number,
  tauSquared: number,
) {
  const limits = overdispersedLimits(centre, sessions, coverage, tauSquared);
  if (limits === null) return false;
  return reschedules + 0.5 < limits.lower * sessions || reschedules - 0.5 > limits.upper * sessions;
}
