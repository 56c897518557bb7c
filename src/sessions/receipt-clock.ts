import { type Instant, instantOf } from '../contract/instant.ts';

/** Gives each event the instant at which it was received, no two alike: what came later must also be newer. */
export type ReceiptClock = () => Instant;

export function receiptClock(now: () => Date): ReceiptClock {
  let last: Instant = '';
  return () => {
    const current = instantOf(now());
    last = current > last ? current : afterOneMicrosecond(last);
    return last;
  };
}

function afterOneMicrosecond(instant: Instant): Instant {
  const micros = Number(instant.slice(20, 26)) + 1;
  if (micros < 1_000_000) return `${instant.slice(0, 20)}${String(micros).padStart(6, '0')}Z`;
  return instantOf(new Date(Date.parse(`${instant.slice(0, 19)}Z`) + 1000));
}
