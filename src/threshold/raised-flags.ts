import type { FlagLevel } from '../contract/threshold-question.ts';
import { EVIDENCE_DAYS } from '../evidence/left-out-days.ts';
import { type EvidenceTier, isFlagged } from '../scoring/evidence.ts';
import type { Past } from './read-past.ts';

/** Whose flag is raised, from the tiers of all tutors. */
export function raisedFlags(tiers: readonly EvidenceTier[], level: Exclude<FlagLevel, 'literal'>): boolean[] {
  return tiers.map((tier) => (level === 'flagged' ? isFlagged(tier) : tier === level));
}

/** Whether a tutor had sessions in the 90 days that end with a day. */
export function hasSessions({ countAll }: Past, tutor: number, day: number): boolean {
  return countAll(tutor, day, EVIDENCE_DAYS).sessions > 0;
}

/** How many tutors had sessions in the 90 days that end now. */
export function tutorsWithSessions(past: Past): number {
  return howMany(Array.from({ length: past.tutors }, (_, tutor) => hasSessions(past, tutor, past.days.length - 1)));
}

export function howMany(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length;
}
