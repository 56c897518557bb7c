import { type ScaleLinear, type ScaleTime, scaleLinear, scaleTime } from 'd3-scale';
import { highestRate, type RatePoint } from './rate-series.ts';

export type Scales = { x: ScaleTime<number, number>; y: ScaleLinear<number, number> };

/** From the first day to the last across `right` pixels, and from 0 % at `bottom` up to a round figure above all rates. */
export function scalesOf(points: readonly RatePoint[], threshold: number, right: number, bottom: number): Scales {
  const start = points.at(0)?.at ?? new Date(0);
  const end = points.at(-1)?.at ?? start;
  return {
    x: scaleTime([start, end], [0, right]),
    y: scaleLinear([0, highestRate(points, threshold)], [bottom, 0]).nice(4),
  };
}
