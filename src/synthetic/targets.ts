import { DAY_MS } from '../scoring/window.ts';
import type { RiskClass } from './synthetic-data.ts';

/** Rates over `over` per cent, up to and including `upTo` per cent. */
export type RateBand = { over: number; upTo: number };

/** A part of a class that aims at true rates in `[from, to)`, 0..1, and must end in its band. */
type Aim = { share: number; from: number; to: number; band: RateBand };

type ClassTarget = {
  /** Share of the tutors. */
  share: number;
  /** What the realised 90-day rate must lie in. */
  band: RateBand;
  /** Sessions a tutor has beside a low-risk one; the load of the high class is solved, not given. */
  load: number;
  /** Sessions below which some rate of the band cannot be made with whole sessions. */
  fewestSessions: number;
  aims: readonly Aim[];
};

export const RISK_CLASSES = ['low', 'medium', 'high'] as const satisfies RiskClass[];

/** Most of the high class, and the rest of it. */
export const HIGH_USUAL: RateBand = { over: 20, upTo: 40 };
export const HIGH_EXTREME: RateBand = { over: 40, upTo: 60 };

// -1: a rate of zero belongs to the class.
const LOW: RateBand = { over: -1, upTo: 10 };
const MEDIUM: RateBand = { over: 10, upTo: 20 };

export const CLASS_TARGETS: Record<RiskClass, ClassTarget> = {
  low: { share: 0.6, band: LOW, load: 1, fewestSessions: 1, aims: [{ share: 1, from: 0.02, to: 0.085, band: LOW }] },
  medium: {
    share: 0.25,
    band: MEDIUM,
    load: 2,
    fewestSessions: 5,
    aims: [{ share: 1, from: 0.105, to: 0.17, band: MEDIUM }],
  },
  high: {
    share: 0.15,
    band: { over: 20, upTo: 60 },
    load: 1,
    fewestSessions: 4,
    aims: [
      { share: 0.75, from: 0.29, to: 0.39, band: HIGH_USUAL },
      { share: 0.25, from: 0.44, to: 0.57, band: HIGH_EXTREME },
    ],
  },
};

/** Shares of the whole, 0..1. */
export const SHARES = {
  active: 0.9,
  completed: 0.7,
  rescheduled: 0.25,
  movedByTutor: 0.982,
  noShow: 0.05,
  shortNotice: 0.4,
  withFavouriteWeekday: 1 / 3,
  withUsualReason: 1 / 3,
} as const;

export const SHORT_NOTICE_HOURS = 24;

/** Classes are realised in this window, the longest that is scored. */
export const CLASS_WINDOW_MS = 90 * DAY_MS;

/** Six months, in which the tutors were created. */
export const CREATION_DAYS = 183;

/** Whether `moves` of `sessions` is a rate inside the band, decided on integers. No sessions are in no band. */
export function isInBand(moves: number, sessions: number, { over, upTo }: RateBand): boolean {
  return sessions > 0 && 100 * moves > over * sessions && 100 * moves <= upTo * sessions;
}
