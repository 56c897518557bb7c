import { useEffect, useState } from 'react';
import { readThreshold } from '#contract/threshold-question.ts';

/** A value that is being moved is asked for once it has stood still for so long. */
const PAUSE_MS = 150;

type Draft = {
  /** What the controls show, which may be no number yet. */
  text: string;
  change: (text: string) => void;
  /** What is shown is not asked for yet. */
  isPending: boolean;
};

/** The threshold while it is moved or typed: shown at once, and handed to `ask` after a pause. */
export function useDraft(asked: number, ask: (threshold: number) => void): Draft {
  const [draft, setDraft] = useState<{ text: string; asked: number } | null>(null);
  // Another address, also by going back, says something else than what was typed before.
  if (draft !== null && draft.asked !== asked) setDraft(null);
  const text = draft?.text ?? String(asked);
  const wanted = readThreshold(text);
  const isPending = wanted !== null && wanted !== asked;
  useEffect(() => {
    if (!isPending) return undefined;
    const timer = setTimeout(() => ask(wanted), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return { text, change: (next) => setDraft({ text: next, asked }), isPending };
}
