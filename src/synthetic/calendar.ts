import { at } from './at.ts';
import type { Random } from './random.ts';

/** A moment as a wall clock in the business zone shows it. `weekday`: 1 = Monday to 7 = Sunday; `month`: 1 to 12. */
export type LocalTime = { month: number; weekday: number; hour: number; minute: number };

/** The times at which a lesson can start, in order, with what draws them: `cumulative[i]` is the weight before slot i. */
export type Slots = { starts: number[]; weekdays: number[]; cumulative: number[] };

/** Slots from `first` to before `end`. */
export type SlotRange = { first: number; end: number };

export const MINUTE_MS = 60_000;
export const SHORTEST_LESSON_MINUTES = 30;
const QUARTER_MS = 15 * MINUTE_MS;
const HOUR_MS = 60 * MINUTE_MS;

const WEEKDAY_WEIGHTS = [0, 1.1, 1.2, 1.2, 1.15, 0.95, 0.45, 0.35];
const MONTH_WEIGHTS = [0, 1.3, 1.25, 1.0, 0.9, 0.85, 0.75, 0.6, 0.65, 1.1, 1.25, 1.3, 1.15];
const FIRST_HOUR = 8;
const LAST_HOUR = 21;

/**
 * The half hours of local time, 08:00 to 21:30, in `[from, until)` that leave room for the shortest lesson.
 * It walks along UTC and asks for the wall clock, so a changed clock neither repeats nor loses a slot.
 */
export function businessSlots(from: number, until: number, timezone: string): Slots {
  const localTime = localClock(timezone);
  const slots: Slots = { starts: [], weekdays: [], cumulative: [0] };
  const last = until - SHORTEST_LESSON_MINUTES * MINUTE_MS;
  let weight = 0;
  for (let start = Math.ceil(from / QUARTER_MS) * QUARTER_MS; start <= last; start += QUARTER_MS) {
    const { month, weekday, hour, minute } = localTime(start);
    if (minute % 30 !== 0 || hour < FIRST_HOUR || hour > LAST_HOUR) continue;
    weight += hourWeight(hour) * at(WEEKDAY_WEIGHTS, weekday) * at(MONTH_WEIGHTS, month);
    slots.starts.push(start);
    slots.weekdays.push(weekday);
    slots.cumulative.push(weight);
  }
  return slots;
}

/** The first slot that starts at or after an instant; the number of slots when there is none. */
export function firstSlotFrom({ starts }: Slots, instant: number): number {
  return countWhile(starts, (start) => start < instant);
}

/** How much teaching a range of slots attracts. */
export function weightOf({ cumulative }: Slots, { first, end }: SlotRange): number {
  return at(cumulative, end) - at(cumulative, first);
}

/** A slot of a range that is not empty, busier ones more often. */
export function drawSlot(random: Random, slots: Slots, range: SlotRange): number {
  const drawn = at(slots.cumulative, range.first) + random.fraction() * weightOf(slots, range);
  const slot = countWhile(slots.cumulative, (weight) => weight <= drawn) - 1;
  return Math.min(range.end - 1, Math.max(range.first, slot));
}

/** A reader of wall clocks in one zone; a RangeError for a zone that does not exist. */
export function localClock(timezone: string): (instant: number) => LocalTime {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' });
  // Once an hour: Intl is slow, and no zone changes its clocks inside a UTC hour during lesson hours.
  const offsets = new Map<number, number>();
  return (instant) => {
    const hour = Math.floor(instant / HOUR_MS);
    let offset = offsets.get(hour);
    if (offset === undefined) {
      offset = offsetIn(format.format(hour * HOUR_MS));
      offsets.set(hour, offset);
    }
    const local = new Date(instant + offset);
    return {
      month: local.getUTCMonth() + 1,
      weekday: local.getUTCDay() || 7,
      hour: local.getUTCHours(),
      minute: local.getUTCMinutes(),
    };
  };
}

/** Milliseconds from `…GMT-05:30`; plain `GMT` is zero. */
function offsetIn(formatted: string): number {
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(formatted) ?? [];
  const size = Number(hours ?? 0) * HOUR_MS + Number(minutes ?? 0) * MINUTE_MS;
  return sign === '-' ? -size : size;
}

function hourWeight(hour: number): number {
  if (hour >= 15 && hour < 20) return 3;
  return hour >= 20 ? 0.9 : 0.5;
}

/** How many leading elements of an ordered list satisfy a condition that only leading elements satisfy. */
function countWhile(list: readonly number[], condition: (element: number) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (condition(at(list, middle))) low = middle + 1;
    else high = middle;
  }
  return low;
}
