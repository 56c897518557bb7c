import type { CountWindow } from '../../src/scoring/daily-windows.ts';
import type { WindowCounts } from '../../src/scoring/reschedule-rate.ts';
import type { Marketplace } from './marketplace.ts';
import { DAYS, THRESHOLD, WARM_UP_DAYS, type World } from './worlds.ts';

/** Tutor-days by the probability that the ideal observer gives them, in steps from 0 to 1. */
export type IdealTally = { risky: number; ordinary: number }[];

/**
 * What one sees who knows the true distribution of rates and the true days of storms, from all sessions of the same
 * 90 days: no rule that sees these sessions alone can tell tutors apart better.
 */
export function idealTally({ world, tutors }: Marketplace, withoutStorms: CountWindow, all: CountWindow): IdealTally {
  const probabilityOf = idealProbability(world);
  const tally = Array.from({ length: STEPS + 1 }, () => ({ risky: 0, ordinary: 0 }));
  for (let day = WARM_UP_DAYS; day < DAYS; day += 1) {
    for (const [index, { rates }] of tutors.entries()) {
      if (all(index, day, 90).sessions === 0) continue;
      const bin = tally[Math.round(STEPS * probabilityOf(withoutStorms(index, day, 90)))];
      if (bin === undefined) continue;
      if ((rates[day] ?? 0) > THRESHOLD) bin.risky += 1;
      else bin.ordinary += 1;
    }
  }
  return tally;
}

/**
 * The largest share of the risky that the ideal observer finds, flagging from some probability up, while at least so
 * large a share of those flagged are risky; `null` when nobody is.
 */
export function idealRecall(tally: IdealTally, precision: number): number | null {
  const risky = tally.reduce((sum, bin) => sum + bin.risky, 0);
  let [found, wrong, most] = [0, 0, 0];
  for (const bin of tally.toReversed()) {
    found += bin.risky;
    wrong += bin.ordinary;
    if (found >= precision * (found + wrong)) most = found;
  }
  return risky === 0 ? null : most / risky;
}

const STEPS = 5000;
/** Rates into which the true distribution is cut. */
const GRID = 1000;

type Rate = { logMoved: number; logKept: number; isRisky: boolean };

function idealProbability(world: World): (counts: WindowCounts) => number {
  const rates = Array.from({ length: GRID }, (_, index) => {
    const rate = rateAt(world, (index + 0.5) / GRID);
    return { logMoved: Math.log(rate), logKept: Math.log1p(-rate), isRisky: rate > THRESHOLD };
  });
  const known = new Map<number, number>();
  return (counts) => {
    const key = counts.sessions * 100_000 + counts.reschedules;
    const probability = known.get(key) ?? posterior(rates, counts);
    known.set(key, probability);
    return probability;
  };
}

/** Of those who turn, the rate they turn to. */
function rateAt(world: World, place: number): number {
  if (world.turn === null) return world.rateAt(place);
  const turned = world.turn.tutors / world.tutors;
  return place < turned ? world.turn.to : world.rateAt((place - turned) / (1 - turned));
}

function posterior(rates: readonly Rate[], { sessions, reschedules }: WindowCounts): number {
  const logs = rates.map(({ logMoved, logKept }) => reschedules * logMoved + (sessions - reschedules) * logKept);
  const highest = logs.reduce((high, each) => Math.max(high, each), -Infinity);
  let [risky, all] = [0, 0];
  for (const [index, { isRisky }] of rates.entries()) {
    const weight = Math.exp((logs[index] ?? -Infinity) - highest);
    all += weight;
    if (isRisky) risky += weight;
  }
  return risky / all;
}
