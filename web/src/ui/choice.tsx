import type { ReactNode } from 'react';
import styles from './choice.module.css';

/** A few ways to look at the same thing, one of them chosen. Its children are links, so that each can be sent on. */
export function ChoiceGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={styles.group} aria-label={label}>
      {children}
    </nav>
  );
}

/** For the link of an option, which says `aria-current="true"` when it is the chosen one. */
export const optionClass = styles.option;

/** The words of an option and, in lighter figures, how many it would show. */
export function OptionWords({ children, count }: { children: ReactNode; count?: string | undefined }) {
  return (
    <>
      {children}
      {count !== undefined && <span className={styles.count}>{count}</span>}
    </>
  );
}
