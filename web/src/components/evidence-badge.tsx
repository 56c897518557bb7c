import type { TutorListItem } from '#contract/tutors.ts';
import { Badge, Mark, type Tone } from '../ui/badge.tsx';

export type EvidenceTier = TutorListItem['evidence'];

const LOOKS: Record<EvidenceTier, { tone: Tone; words: string }> = {
  confirmed: { tone: 'high', words: 'Confirmed' },
  watch: { tone: 'watch', words: 'Watch' },
  clear: { tone: 'clear', words: 'Clear' },
  too_few: { tone: 'unknown', words: 'Too few sessions' },
};

/** How sure it is that the tutor is above the threshold, as a word. */
export function EvidenceBadge({ evidence }: { evidence: EvidenceTier }) {
  const { tone, words } = LOOKS[evidence];
  return <Badge tone={tone}>{words}</Badge>;
}

/** The same as an icon alone, before a name. */
export function EvidenceMark({ evidence }: { evidence: EvidenceTier }) {
  const { tone, words } = LOOKS[evidence];
  return <Mark tone={tone}>{`${words}: `}</Mark>;
}
