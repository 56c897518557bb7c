import { countOf, formatCounts, formatNumber, formatProbability, formatRate } from '#contract/format.ts';
import { exactRate, type FunnelData, type FunnelTutor } from './funnel-data.ts';
import { type Spot, TIERS } from './spots.ts';

/** What the limits of a picture are named by: the rate they lie around, and whether there are outer ones. */
export type Limits = { centre: number; hasOuter: boolean };

/** "above outer 99.8 %" or "below chance 95 %", as the lines are named, or "within chance". */
export function describePlace(tutor: FunnelTutor, { centre, hasOuter }: Limits): string {
  const side = exactRate(tutor) > centre ? 'above' : 'below';
  if (hasOuter && tutor.outside_overdispersed !== null) return `${side} outer ${tutor.outside_overdispersed} %`;
  return tutor.outside === null ? 'within chance' : `${side} chance ${tutor.outside} %`;
}

/** Tiers as they stand within a sentence. */
export const TIER_WORDS: Record<FunnelTutor['evidence'], string> = {
  confirmed: 'confirmed',
  watch: 'watch',
  clear: 'clear',
  too_few: 'too few sessions',
};

/** "confirmed, 96 % likely above the threshold" */
export function describeTier({ evidence, risk_probability }: FunnelTutor): string {
  const words = TIER_WORDS[evidence];
  if (risk_probability === null) return words;
  return `${words}, ${formatProbability(risk_probability)} likely above the threshold`;
}

const MOST_NAMES = 3;

/** "Maria Lopez", or "12 tutors: Ada, Bob, Cyd and 9 more". */
export function namesAt({ tutors }: Spot): string {
  const names = tutors.slice(0, MOST_NAMES).map(({ name }) => name);
  if (tutors.length === 1) return names.join('');
  const more = tutors.length - names.length;
  const rest = more > 0 ? ` and ${formatNumber(more)} more` : '';
  return `${formatNumber(tutors.length)} tutors: ${names.join(', ')}${rest}`;
}

/** "1 confirmed, 4 clear", the most serious first. */
export function describeTiers({ tutors }: Spot): string {
  return TIERS.toReversed()
    .map((tier) => ({ tier, count: tutors.filter(({ evidence }) => evidence === tier).length }))
    .filter(({ count }) => count > 0)
    .map(
      ({ tier, count }) => `${formatNumber(count)} ${tier === 'too_few' ? 'with too few sessions' : TIER_WORDS[tier]}`,
    )
    .join(', ');
}

/** A spot in one sentence, for who does not see it. */
export function describeSpot(spot: Spot, limits: Limits): string {
  const figures = `${formatRate(spot)}, ${formatCounts(spot)}`;
  const [tutor] = spot.tutors;
  if (tutor === undefined) return figures;
  if (spot.tutors.length > 1) {
    return `${namesAt(spot)}; ${figures}; ${describeTiers(spot)}; ${describePlace(tutor, limits)}`;
  }
  return `${tutor.name}: ${figures}; ${describeTier(tutor)}; ${describePlace(tutor, limits)}`;
}

/** The picture in two sentences: how many there are, and how many lie outside of what chance does. */
export function summaryOf({ tutors, window_days }: FunnelData, { centre, hasOuter }: Limits): string {
  const period = `in the last ${window_days} days`;
  if (tutors.length === 0) return `No tutor has sessions ${period}.`;
  const all = {
    sessions: tutors.reduce((sum, { sessions }) => sum + sessions, 0),
    reschedules: tutors.reduce((sum, { reschedules }) => sum + reschedules, 0),
  };
  const far = tutors.filter(({ outside }) => outside === '99.8');
  const above = far.filter((tutor) => exactRate(tutor) > centre);
  const outer = above.filter(({ outside_overdispersed }) => outside_overdispersed === '99.8').length;
  const beyond = hasOuter ? `; ${number(outer)} above the outer limits` : '';
  return (
    `${countOf(tutors.length, 'tutor')} with sessions ${period} moved ${formatRate(all)} of them, ${formatCounts(all)}. ` +
    `${capital(number(above.length))} above and ${number(far.length - above.length)} below ` +
    `what chance does in 99.8 % of cases${beyond}.`
  );
}

function number(count: number): string {
  return count === 0 ? 'none' : formatNumber(count);
}

/** As it begins a sentence. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
