import { Loading, Skeleton } from '../../ui/states.tsx';
import { COURSE_HEIGHT } from './course-chart.tsx';
import styles from './threshold-page.module.css';

/** The page without its figures, about as high as it will be. */
export function ThresholdSkeleton() {
  return (
    <Loading what="the replay">
      <div className={styles.page}>
        <Skeleton height={104} />
        <Skeleton height={116} />
        <div className={styles.charts}>
          <Skeleton height={COURSE_HEIGHT + 88} />
          <Skeleton height={COURSE_HEIGHT + 88} />
        </div>
        <Skeleton height={284} />
      </div>
    </Loading>
  );
}
