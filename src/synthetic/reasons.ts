import { at } from './at.ts';
import type { Random } from './random.ts';

export type Reason = { code: string; weight: number; common: boolean; texts: readonly string[] };

export const REASONS: readonly Reason[] = [
  {
    code: 'personal_emergency',
    weight: 30,
    common: true,
    texts: ['Personal emergency', 'Something urgent came up', 'Urgent matter at home'],
  },
  {
    code: 'scheduling_conflict',
    weight: 30,
    common: true,
    texts: ['Scheduling conflict', 'Double booked', 'Another appointment was moved to this hour'],
  },
  {
    code: 'family_issue',
    weight: 22,
    common: true,
    texts: ['Family issue', 'Child care fell through', 'Need to look after a relative'],
  },
  { code: 'health', weight: 10, common: false, texts: ['Not feeling well', 'Doctor’s appointment', 'Flu'] },
  {
    code: 'technical_issue',
    weight: 8,
    common: false,
    texts: ['Internet connection is down', 'Laptop is being repaired', 'Power cut'],
  },
];

/** How often a tutor who has a usual reason gives it. */
const USUAL_SHARE = 0.75;

/** The reasons that a tutor may have as a usual one. */
export const COMMON_REASONS = REASONS.filter(({ common }) => common);

/** A reason for one move: mostly the usual one, where there is one, always in the same words. */
export function drawReason(random: Random, usual: Reason | null): { reason: string; reason_code: string } {
  if (usual !== null && random.chance(USUAL_SHARE)) return { reason: at(usual.texts, 0), reason_code: usual.code };
  const { code, texts } = random.weighted(REASONS);
  return { reason: random.pick(texts), reason_code: code };
}
