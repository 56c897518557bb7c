import { addMicroseconds, type Instant, instantOf } from '../contract/instant.ts';

/** Gives each event the instant at which it was received, no two alike: what came later must also be newer. */
export type ReceiptClock = () => Instant;

export function receiptClock(now: () => Date): ReceiptClock {
  let last: Instant = '';
  return () => {
    const current = instantOf(now());
    last = current > last ? current : addMicroseconds(last, 1);
    return last;
  };
}
