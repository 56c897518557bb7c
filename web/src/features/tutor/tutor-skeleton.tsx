import { Loading, Skeleton } from '../../ui/states.tsx';
import { RATES_HEIGHT } from './rates-chart.tsx';
import styles from './tutor-page.module.css';
import { WEEKS_HEIGHT } from './weeks-chart.tsx';

/** The page's shape while the tutor is on the way. */
export function TutorSkeleton() {
  return (
    <>
      <h1 className="visually-hidden">Tutor</h1>
      <Loading what="the tutor">
        <div className={styles.page}>
          <Skeleton width={240} height={28} />
          <Skeleton width={420} height={20} />
          <Skeleton width={320} height={20} />
          <div className={styles.pictures}>
            <div className={styles.todo}>
              <Skeleton height={120} />
            </div>
            <div className={styles.rates}>
              <Skeleton height={RATES_HEIGHT + 76} />
            </div>
            <div className={styles.windows}>
              <Skeleton height={200} />
            </div>
            <div className={styles.weeks}>
              <Skeleton height={WEEKS_HEIGHT + 96} />
            </div>
          </div>
        </div>
      </Loading>
    </>
  );
}
