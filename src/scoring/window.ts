/** The three windows, in days. A day is 24 hours of UTC, never a calendar day. */
export const WINDOW_DAYS = [7, 30, 90] as const;

export type WindowDays = (typeof WINDOW_DAYS)[number];

/** A half-open stretch of time: `from` is inside, `until` is not. */
export type TimeWindow = { from: Date; until: Date };

export const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The window of `days` days that ends at `asOf`: `[asOf - days * 24 h, asOf)`.
 * The upper end keeps future bookings out of today's rate.
 *
 * @example windowAt(new Date('2024-02-08T12:00:00Z'), 7) // from 2024-02-01T12:00:00Z
 */
export function windowAt(asOf: Date, days: number): TimeWindow {
  return { from: new Date(asOf.getTime() - days * DAY_MS), until: asOf };
}

/** Whether an instant lies in a window: the lower end counts, the upper end does not. */
export function isWithin(instant: Date, { from, until }: TimeWindow): boolean {
  return instant >= from && instant < until;
}
