import type { LimitPoint } from '../contract/funnel.ts';
import { FUNNEL_COVERAGES, funnelLimits, overdispersedLimits } from '../scoring/funnel.ts';
import type { Interval } from '../scoring/interval.ts';

const [WARNING, ALARM] = FUNNEL_COVERAGES;
const MOST_POINTS = 90;
const NO_LIMITS = { lower: 0, upper: 1 };

/** The limits to draw, at rising numbers of sessions from 1 to `most`, in per cent; `centre` is a share. */
export function limitPoints(centre: number, tauSquared: number, most: number): LimitPoint[] {
  return drawnSessions(most).map((sessions) => pointOf(centre, tauSquared, sessions));
}

/** Every number where they are few; else closer together at the start, where the limits bend. */
export function drawnSessions(most: number): number[] {
  if (most <= MOST_POINTS) return Array.from({ length: most }, (_, index) => index + 1);
  const last = MOST_POINTS - 1;
  const spread = Array.from({ length: MOST_POINTS }, (_, index) => Math.round(1 + (most - 1) * (index / last) ** 2));
  return [...new Set(spread)];
}

function pointOf(centre: number, tauSquared: number, sessions: number): LimitPoint {
  const chance = (coverage: number) => funnelLimits(centre, sessions, coverage) ?? NO_LIMITS;
  const overdispersed = (coverage: number) => widerLimits(chance(coverage), centre, sessions, coverage, tauSquared);
  const [warning, alarm] = [chance(WARNING), chance(ALARM)];
  const [outerWarning, outerAlarm] = [overdispersed(WARNING), overdispersed(ALARM)];
  return {
    sessions,
    lower_95: perCent(warning.lower),
    upper_95: perCent(warning.upper),
    lower_998: perCent(alarm.lower),
    upper_998: perCent(alarm.upper),
    overdispersed_lower_95: perCent(outerWarning.lower),
    overdispersed_upper_95: perCent(outerWarning.upper),
    overdispersed_lower_998: perCent(outerAlarm.lower),
    overdispersed_upper_998: perCent(outerAlarm.upper),
  };
}

/** Never narrower than chance: the scale of the overdispersed ones makes too little of it near 0 %. */
function widerLimits(chance: Interval, centre: number, sessions: number, coverage: number, tauSquared: number) {
  if (tauSquared === 0) return chance;
  const { lower, upper } = overdispersedLimits(centre, sessions, coverage, tauSquared) ?? NO_LIMITS;
  return { lower: Math.min(lower, chance.lower), upper: Math.max(upper, chance.upper) };
}

/** To three decimals: it is for drawing. */
function perCent(share: number): number {
  return Math.round(share * 100_000) / 1_000;
}
