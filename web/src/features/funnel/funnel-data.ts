import type { Funnel } from '#contract/funnel.ts';
import type { OnWire } from '../../api/wire.ts';

export type FunnelData = OnWire<Funnel>;
export type FunnelTutor = FunnelData['tutors'][number];

/** A rectangle of the picture, its edges inside; what is absent is no edge. Rates in per cent. */
export type Bounds = {
  sessions_from?: number | undefined;
  sessions_to?: number | undefined;
  rate_from?: number | undefined;
  rate_to?: number | undefined;
};

type Counts = { sessions: number; reschedules: number };

/** In per cent and not rounded: for drawing and comparing. */
export function exactRate({ sessions, reschedules }: Counts): number {
  return (100 * reschedules) / sessions;
}

export function isWithin({ sessions_from, sessions_to, rate_from, rate_to }: Bounds, counts: Counts): boolean {
  const rate = exactRate(counts);
  return (
    counts.sessions >= (sessions_from ?? 0) &&
    counts.sessions <= (sessions_to ?? Number.POSITIVE_INFINITY) &&
    rate >= (rate_from ?? 0) &&
    rate <= (rate_to ?? 100)
  );
}

export function hasBounds({ sessions_from, sessions_to, rate_from, rate_to }: Bounds): boolean {
  return [sessions_from, sessions_to, rate_from, rate_to].some((bound) => bound !== undefined);
}

/** The narrowest bounds, of whole sessions and tenths of a per cent, around these counts alone. */
export function boundsAround({ sessions, reschedules }: Counts): Bounds {
  const tenths = (1_000 * reschedules) / sessions;
  return {
    sessions_from: sessions,
    sessions_to: sessions,
    rate_from: Math.floor(tenths) / 10,
    rate_to: Math.ceil(tenths) / 10,
  };
}
