import { binomialUpperTail } from './binomial.ts';
import { adjustHolm } from './holm.ts';
import { predictMoves } from './predictive.ts';
import { type RateRatio, rateRatio } from './rate-ratio.ts';
import type { WindowCounts } from './reschedule-rate.ts';
import { shareRatio } from './share-ratio.ts';

/** `inside` counts the sessions of one place, `all` every session that could have been there, those inside included. */
export type Gathering = { inside: WindowCounts; all: WindowCounts };

/**
 * A place in which a tutor's moves might gather. `against` says what they are compared with:
 *
 * - `own_sessions`: a weekday, an hour band, a student. The tutor's sessions tell how many moves belong there.
 * - `other_moves`: a notice, a reason, which only moves have. `sessions` are the moves of all other tutors: theirs tell.
 *
 * `days` is the same counted once a day, for places that a whole day shares: who is ill for one Friday moves all its
 * sessions, all on a Friday and for one reason, and that is one event.
 */
export type Place = Gathering & { against: 'own_sessions' | 'other_moves'; days?: Gathering };

/**
 * What was found in a place. `pValue` is the chance of at least so many moves there if moves fell like what they are
 * compared with; `adjustedP` is the same after everything else that was looked at. `ratio` is how many times as often,
 * `null` of what is not spoken of. Say nothing of it unless `isSpoken`.
 */
export type Pattern<P extends Place> = {
  place: P;
  pValue: number;
  adjustedP: number;
  ratio: Omit<RateRatio, 'pValue'> | null;
  isSpoken: boolean;
};

/**
 * Looks for places where a tutor's moves gather beyond that tutor's own share of sessions there, most surprising
 * first. Hand over everything that is looked at in one go, all weekdays and all hour bands: the more places, the
 * more must be expected of each. A raw share proves nothing: 3 of 5 moves on Friday happen to one tutor in seventeen
 * who teaches a fifth of the sessions then, and to many more tutors on some day.
 * Source: Przyborowski and Wilenski 1940; Holm 1979; for the moves of others Fisher 1935.
 *
 * @example
 * const friday = { inside: { sessions: 20, reschedules: 3 }, all: { sessions: 100, reschedules: 5 } };
 * findPatterns([{ ...friday, against: 'own_sessions' }]) // pValue 0.05792: not spoken
 */
export function findPatterns<P extends Place>(places: readonly P[]): Pattern<P>[] {
  const pValues = places.map(surprise);
  const adjusted = adjustHolm(pValues);
  return places
    .map((place, index) => {
      const adjustedP = adjusted[index] ?? 1;
      const isSpoken = place.all.reschedules >= FEWEST_MOVES && adjustedP < SURE;
      return { place, pValue: pValues[index] ?? 1, adjustedP, ratio: isSpoken ? compare(place) : null, isSpoken };
    })
    .sort((one, other) => one.pValue - other.pValue);
}

/** Of fewer moves nothing is said, however they lie. */
export const FEWEST_MOVES = 5;
const SURE = 0.05;
/** So many times the tutor's moves there must be of others before these say what is usual. */
const OTHERS_PER_MOVE = 10;

/** Moves must gather both by sessions and, where days are counted, by days: the less surprising of the two is said. */
function surprise({ days, against, ...sessions }: Place): number {
  const test = against === 'own_sessions' ? beyondOwnShare : beyondOthers;
  return Math.max(test(sessions), days === undefined ? 0 : test(days));
}

/** P(X ≥ k), X ~ Bin(K, s): of K moves, k lie where a share s of the sessions lies. 1 where there is no move. */
function beyondOwnShare({ inside, all }: Gathering): number {
  if (all.sessions === 0) return 1;
  return binomialUpperTail(inside.reschedules, all.reschedules, inside.sessions / all.sessions);
}

/**
 * Fisher's exact test: of the tutor's K moves k lie there, of the others' M moves m. What is usual is itself only
 * estimated, from M moves, so the binomial would be too sure; and a reason that nobody else gave has m = 0, which is
 * no proof that it cannot be. The tail is that of a beta-binomial, which counts both (Altham 1969). Tutors whose moves
 * differ from each other make no wrong finding here: that this tutor differs from all others together is what is said.
 */
function beyondOthers({ inside, all }: Gathering): number {
  if (inside.sessions >= all.sessions || all.sessions < OTHERS_PER_MOVE * all.reschedules) return 1;
  const belief = { a: inside.sessions + 1, b: all.sessions - inside.sessions };
  const chances = predictMoves(belief, all.reschedules).slice(inside.reschedules);
  return Math.min(
    1,
    chances.reduce((sum, chance) => sum + chance, 0),
  );
}

function compare(place: Place): Pattern<Place>['ratio'] {
  return place.against === 'own_sessions' ? compareRates(place) : compareShares(place);
}

/** How many times as often a session there is moved as one elsewhere. */
function compareRates({ inside, all }: Gathering): RateRatio | null {
  return rateRatio(
    { events: inside.reschedules, exposure: inside.sessions },
    { events: all.reschedules - inside.reschedules, exposure: all.sessions - inside.sessions },
  );
}

/** How many times as often a move of this tutor lies there as one of the others: 15 of 20 against a quarter is 3. */
function compareShares({ inside, all }: Gathering): Pattern<Place>['ratio'] {
  return shareRatio({ part: inside.reschedules, all: all.reschedules }, { part: inside.sessions, all: all.sessions });
}
