import { formatCounts, formatNumber, formatRate } from '#contract/format.ts';

type Period = { total_sessions: number; tutor_reschedules: number };

/** "+3 in 30 days (5 opened, 2 closed)": how the number of flags has moved. */
export function describeFlagChange({ opened, closed }: { opened: number; closed: number }, days: number): string {
  if (opened === 0 && closed === 0) return `no change in ${days} days`;
  const parts = `${formatNumber(opened)} opened, ${formatNumber(closed)} closed`;
  return `${formatSigned(opened - closed)} in ${days} days (${parts})`;
}

/** "−0.4 points against the 30 days before"; a period without sessions has no rate to compare with. */
export function describeRateChange(now: Period, before: Period, days: number): string {
  if (before.total_sessions === 0) return `no sessions in the ${days} days before`;
  if (now.total_sessions === 0) {
    const counts = countsOf(before);
    return `${formatRate(counts)} (${formatCounts(counts)}) in the ${days} days before`;
  }
  const tenths = Math.round(10 * (percentOf(now) - percentOf(before)));
  if (tenths === 0) return `unchanged against the ${days} days before`;
  return `${formatSigned(tenths / 10, 1)} points against the ${days} days before`;
}

/** "+2 % against the 30 days before"; from nothing there is no percentage. */
export function describeSessionsChange(now: Period, before: Period, days: number): string {
  if (before.total_sessions === 0) return `no sessions in the ${days} days before`;
  const percent = Math.round((100 * (now.total_sessions - before.total_sessions)) / before.total_sessions);
  if (percent === 0) return `about as many as in the ${days} days before`;
  return `${formatSigned(percent)} % against the ${days} days before`;
}

/** The counts of a period as the formats of the contract read them. */
export function countsOf({ total_sessions, tutor_reschedules }: Period) {
  return { sessions: total_sessions, reschedules: tutor_reschedules };
}

function percentOf({ total_sessions, tutor_reschedules }: Period): number {
  return (100 * tutor_reschedules) / total_sessions;
}

/** With a sign always, and a minus as wide as a plus, so that figures stand under each other. */
function formatSigned(value: number, digits = 0): string {
  const sign = value > 0 ? '+' : value < 0 ? '−' : '±';
  const size = Math.abs(value);
  return sign + (digits === 0 ? formatNumber(size) : size.toFixed(digits));
}
