import { calendarOf, formatCalendarDay, Time } from '../ui/time.tsx';
import { useBusinessZone } from './use-business-zone.ts';

/** The day on which an instant falls for the business, as the server's sentences tell it; the time is in its tooltip. */
export function BusinessDay({ at }: { at: string }) {
  const dayOf = calendarOf(useBusinessZone());
  return <Time at={at}>{formatCalendarDay(dayOf(new Date(at)))}</Time>;
}
