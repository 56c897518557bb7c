import { Loading, Skeleton } from '../../ui/states.tsx';
import { BELIEF_HEIGHT } from './belief-chart.tsx';
import { RATES_HEIGHT } from './rates-chart.tsx';
import { SURENESS_HEIGHT } from './sureness-chart.tsx';
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
            <div className={styles.left}>
              <Skeleton height={BELIEF_HEIGHT + 260} />
            </div>
            <div className={styles.right}>
              <Skeleton height={160} />
            </div>
            <div className={styles.right}>
              <Skeleton height={200} />
            </div>
            <div className={styles.left}>
              <Skeleton height={RATES_HEIGHT + 96} />
            </div>
            <div className={styles.left}>
              <Skeleton height={SURENESS_HEIGHT + 76} />
            </div>
            <div className={styles.left}>
              <Skeleton height={WEEKS_HEIGHT + 96} />
            </div>
          </div>
        </div>
      </Loading>
    </>
  );
}
