import { TIER_WORDS } from '#contract/evidence-words.ts';
import type { TutorListItem } from '#contract/tutors.ts';
import { Badge, Mark, type Tone } from '../ui/badge.tsx';

export type EvidenceTier = TutorListItem['evidence'];

const TONES: Record<EvidenceTier, Tone> = { confirmed: 'high', watch: 'watch', clear: 'clear', too_few: 'unknown' };

/** How sure it is that the tutor is above the threshold, as a word. */
export function EvidenceBadge({ evidence }: { evidence: EvidenceTier }) {
  return <Badge tone={TONES[evidence]}>{TIER_WORDS[evidence]}</Badge>;
}

/** The same as an icon alone, before a name. */
export function EvidenceMark({ evidence }: { evidence: EvidenceTier }) {
  return <Mark tone={TONES[evidence]}>{`${TIER_WORDS[evidence]}: `}</Mark>;
}
