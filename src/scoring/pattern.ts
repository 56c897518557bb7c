import { binomialUpperTail } from './binomial.ts';
import { adjustHolm } from './holm.ts';
import { type RateRatio, rateRatio } from './rate-ratio.ts';
import type { WindowCounts } from './reschedule-rate.ts';

/**
 * A place in which a tutor's moves might gather: a weekday, an hour band, a notice band, a reason, a student.
 * `inside` counts the sessions there, `all` every session that could have been there, those inside included.
 */
export type Place = { inside: WindowCounts; all: WindowCounts };

/**
 * What was found in a place. `pValue` is the chance of at least so many moves there if moves fell like sessions;
 * `adjustedP` is the same after everything else that was looked at. `ratio` compares the rate there with the rate
 * elsewhere, `null` where one of them cannot be had. Say nothing of it unless `isSpoken`.
 */
export type Pattern<P extends Place> = {
  place: P;
  pValue: number;
  adjustedP: number;
  ratio: RateRatio | null;
  isSpoken: boolean;
};

/**
 * Looks for places where a tutor's moves gather beyond that tutor's own share of sessions there, most surprising
 * first. Hand over everything that is looked at in one go, all weekdays and all hour bands: the more places, the
 * more must be expected of each. A raw share proves nothing: 3 of 5 moves on Friday happen to one tutor in seventeen
 * who teaches a fifth of the sessions then, and to many more tutors on some day.
 * Source: Przyborowski and Wilenski 1940; Holm 1979.
 *
 * @example
 * findPatterns([{ day: 'Friday', inside: { sessions: 20, reschedules: 3 }, all: { sessions: 100, reschedules: 5 } }])
 * // pValue 0.05792: not spoken
 */
export function findPatterns<P extends Place>(places: readonly P[]): Pattern<P>[] {
  const pValues = places.map(surprise);
  const adjusted = adjustHolm(pValues);
  return places
    .map((place, index) => {
      const adjustedP = adjusted[index] ?? 1;
      const isSpoken = place.all.reschedules >= FEWEST_MOVES && adjustedP < SURE;
      return { place, pValue: pValues[index] ?? 1, adjustedP, ratio: compare(place), isSpoken };
    })
    .sort((one, other) => one.pValue - other.pValue);
}

/** Of fewer moves nothing is said, however they lie. */
const FEWEST_MOVES = 5;
const SURE = 0.05;

/** P(X ≥ k), X ~ Bin(K, s): of K moves, k lie where a share s of the sessions lies. 1 where there is no move. */
function surprise({ inside, all }: Place): number {
  if (all.sessions === 0) return 1;
  return binomialUpperTail(inside.reschedules, all.reschedules, inside.sessions / all.sessions);
}

function compare({ inside, all }: Place): RateRatio | null {
  return rateRatio(
    { events: inside.reschedules, exposure: inside.sessions },
    { events: all.reschedules - inside.reschedules, exposure: all.sessions - inside.sessions },
  );
}
