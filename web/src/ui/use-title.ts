import { useEffect } from 'react';

/** Names the page in the browser's tab, history and to screen readers. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title.replace(TURNS, '')} · Tutor Quality`;
  }, [title]);
}

/** The signs that turn the order of letters round: a name that has one would turn round what follows it as well. */
const TURNS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
