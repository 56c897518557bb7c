import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure } from '../../ui/states.tsx';
import { TabSkeleton } from './tab-skeleton.tsx';
import styles from './tabs.module.css';

type TabAnswerProps<Answer> = {
  /** "sessions" */
  what: string;
  query: UseQueryResult<Answer>;
  /** Whether no row of the answer would be on screen. */
  isBare: (answer: Answer) => boolean;
  children: (answer: Answer) => ReactNode;
};

/** What a tab asked for, as far as it is there; what was shown before stays until the answer comes. */
export function TabAnswer<Answer>({ what, query, isBare, children }: TabAnswerProps<Answer>) {
  const { data, error, refetch, isPlaceholderData } = query;
  if (data === undefined && error !== null) {
    return <Failure title={`The ${what} could not be loaded.`} error={error} retry={() => void refetch()} />;
  }
  // That another period, or another page, has no rows says nothing of this one.
  if (data === undefined || (isPlaceholderData && isBare(data))) return <TabSkeleton what={`the ${what}`} />;
  return (
    <div className={styles.rows} aria-busy={isPlaceholderData}>
      {children(data)}
    </div>
  );
}
