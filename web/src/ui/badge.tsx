import styles from './badge.module.css';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'high' | 'watch' | 'clear' | 'unknown';

const ICONS: Record<Tone, IconName> = {
  high: 'triangle',
  watch: 'half-circle',
  clear: 'check',
  unknown: 'dashed-circle',
};

const MARKS = { high: 'markHigh', watch: 'markWatch', clear: 'markClear', unknown: 'markUnknown' } as const;

/** As a badge, where there is no room for its word: that is for who does not see the icon. */
export function Mark({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={styles[MARKS[tone]]}>
      <Icon name={ICONS[tone]} size={12} />
      <span className="visually-hidden">{children}</span>
    </span>
  );
}

/** A state by colour, icon and word at once: none of them has to be seen for the others to be understood. */
export function Badge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={styles[tone]}>
      <Icon name={ICONS[tone]} size={12} />
      {children}
    </span>
  );
}
