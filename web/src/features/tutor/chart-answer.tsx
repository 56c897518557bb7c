import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure, Loading, Skeleton } from '../../ui/states.tsx';
import styles from './chart-card.module.css';

type ChartAnswerProps<Data> = {
  answer: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch' | 'isPlaceholderData'>;
  /** What is loaded, such as "rates". */
  what: string;
  /** Of the drawing, in pixels. */
  height: number;
  children: (data: Data) => ReactNode;
};

/** The card of a chart: what it draws, or that it loads, or why it could not. */
export function ChartAnswer<Data>({ answer, what, height, children }: ChartAnswerProps<Data>) {
  const { data, error, refetch, isPlaceholderData } = answer;
  return (
    <div className={styles.card} aria-busy={isPlaceholderData}>
      {data !== undefined ? (
        children(data)
      ) : error !== null ? (
        <Failure title={`The ${what} could not be loaded.`} error={error} retry={() => void refetch()} />
      ) : (
        <Loading what={`the ${what}`}>
          <Skeleton height={height + 40} />
        </Loading>
      )}
    </div>
  );
}
