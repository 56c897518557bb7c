import { Loading, Skeleton } from '../../ui/states.tsx';
import styles from './tabs.module.css';

const ROWS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

/** Rows that are on their way. */
export function TabSkeleton({ what }: { what: string }) {
  return (
    <Loading what={what}>
      <div className={styles.rows}>
        {ROWS.map((row) => (
          <Skeleton key={row} height={28} />
        ))}
      </div>
    </Loading>
  );
}
