import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { Icon } from '../ui/icon.tsx';
import styles from './only-chip.module.css';

type OnlyChipProps = Omit<ComponentProps<'a'>, 'children' | 'className'> & {
  /** Whose rows alone are shown. */
  words: string;
  /** What it leads back to, such as "the reports of all tutors". */
  all: string;
};

/** Of whom alone the rows of a list are, and the way back to those of all. */
export const OnlyChip = createLink(({ words, all, ...rest }: OnlyChipProps) => (
  <a {...rest} className={styles.chip} aria-label={`Only ${words}: show ${all}`} aria-current={undefined}>
    <span className={styles.words}>
      Only <bdi>{words}</bdi>
    </span>
    <Icon name="close" size={12} />
  </a>
));
