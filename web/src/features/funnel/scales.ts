import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { Bounds } from './funnel-data.ts';
import type { Spot } from './spots.ts';

type Scale = ScaleLinear<number, number>;
export type Scales = { x: Scale; y: Scale };

/** Edges in pixels of the plot, y downwards. */
export type Rect = { left: number; right: number; top: number; bottom: number };

/** An axis of fewer sessions would show fractions of one. */
const LEAST_SESSIONS = 10;

/** Sessions across `right` pixels, and from 0 % at `bottom` up to a round figure above all rates and the threshold. */
export function scalesOf(spots: readonly Spot[], threshold: number, right: number, bottom: number): Scales {
  const sessions = spots.reduce((most, spot) => Math.max(most, spot.sessions), LEAST_SESSIONS);
  const rate = spots.reduce((most, spot) => Math.max(most, spot.rate), Math.min(100, 1.5 * threshold));
  return {
    // Nobody stands on the very edge, so that each can be taken hold of.
    x: scaleLinear([0, 1.02 * sessions], [0, right]),
    y: scaleLinear([0, Math.min(100, 1.04 * Math.max(1, rate))], [bottom, 0]).nice(5),
  };
}

/** What a rectangle that was drawn takes in. */
export function boundsOf({ left, right, top, bottom }: Rect, { x, y }: Scales): Bounds {
  return {
    sessions_from: Math.max(0, Math.round(x.invert(left))),
    sessions_to: Math.max(0, Math.round(x.invert(right))),
    rate_from: tenths(y.invert(bottom)),
    rate_to: tenths(y.invert(top)),
  };
}

/** Where bounds lie, half a session and a little around what is inside, so that no mark of it lies on the edge. */
export function rectOf({ sessions_from, sessions_to, rate_from, rate_to }: Bounds, { x, y }: Scales): Rect {
  const [first = 0, last = 0] = x.range();
  const [low = 0, high = 0] = y.range();
  const across = (at: number) => Math.min(last, Math.max(first, at));
  const up = (at: number) => Math.min(low, Math.max(high, at));
  return {
    left: sessions_from === undefined ? first : across(x(sessions_from - 0.5)),
    right: sessions_to === undefined ? last : across(x(sessions_to + 0.5)),
    top: rate_to === undefined ? high : up(y(rate_to) - AROUND),
    bottom: rate_from === undefined ? low : up(y(rate_from) + AROUND),
  };
}

/** Pixels. */
const AROUND = 2;

function tenths(rate: number): number {
  return Math.min(100, Math.max(0, Math.round(10 * rate) / 10));
}
