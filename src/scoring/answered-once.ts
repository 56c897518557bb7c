import type { WindowCounts } from './reschedule-rate.ts';

/** Many tutors have the same counts: what is dear to work out is worked out once for each of them, and then kept. */
export function answeredOnce<Answer>(answer: (counts: WindowCounts) => Answer): (counts: WindowCounts) => Answer {
  const answers = new Map<number, Answer>();
  return (counts) => {
    const key = counts.sessions * 65_536 + counts.reschedules;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const found = answer(counts);
    answers.set(key, found);
    return found;
  };
}
