import type { EvidenceTier } from '../../components/evidence-badge.tsx';
import { exactRate, type FunnelTutor } from './funnel-data.ts';

/** A place in the picture: all tutors with the same counts. Where sessions are few, many share one. */
export type Spot = {
  key: string;
  sessions: number;
  reschedules: number;
  /** In per cent. */
  rate: number;
  /** In the order of the answer: the most surprising first. */
  tutors: readonly FunnelTutor[];
  /** The most serious tier of them, by which the spot is drawn. */
  evidence: EvidenceTier;
};

/** From the least serious to the most: what is drawn later lies on top. */
export const TIERS = ['too_few', 'clear', 'watch', 'confirmed'] as const satisfies readonly EvidenceTier[];

/** The spots from left to right, and upwards where the numbers of sessions are alike. */
export function spotsOf(tutors: readonly FunnelTutor[]): Spot[] {
  const shared = new Map<string, FunnelTutor[]>();
  for (const tutor of tutors) {
    const key = keyOf(tutor);
    const before = shared.get(key);
    if (before === undefined) shared.set(key, [tutor]);
    else before.push(tutor);
  }
  return [...shared].map(([key, together]) => spotOf(key, together)).sort(byPlace);
}

/** What names the spot of a tutor. */
function keyOf({ sessions, reschedules }: { sessions: number; reschedules: number }): string {
  return `${sessions}:${reschedules}`;
}

function spotOf(key: string, tutors: readonly FunnelTutor[]): Spot {
  const { sessions = 0, reschedules = 0 } = tutors[0] ?? {};
  const evidence = TIERS.findLast((tier) => tutors.some((tutor) => tutor.evidence === tier)) ?? 'too_few';
  return { key, sessions, reschedules, rate: exactRate({ sessions, reschedules }), tutors, evidence };
}

function byPlace(one: Spot, other: Spot): number {
  return one.sessions - other.sessions || one.reschedules - other.reschedules;
}
