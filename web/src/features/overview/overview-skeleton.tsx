import { figureListClass } from '../../ui/figure.tsx';
import { Loading, Skeleton } from '../../ui/states.tsx';
import styles from './overview-page.module.css';
import own from './overview-skeleton.module.css';

/** The page without its figures: the same cards, with about as many lines as they will have. */
export function OverviewSkeleton() {
  return (
    <Loading what="the overview">
      <div className={styles.page}>
        <div className={figureListClass}>
          <FigureShape />
          <FigureShape />
          <FigureShape />
          <FigureShape />
        </div>
        <div className={styles.parts}>
          <div className={styles.left}>
            <div className={own.panel} style={{ minHeight: 468 }}>
              <Skeleton width={96} height={20} />
              <Rows count={8} />
            </div>
          </div>
          <div className={styles.right}>
            <div className={own.panel}>
              <Skeleton width={144} height={20} />
              <Rows count={5} />
            </div>
          </div>
          <div className={styles.right}>
            <div className={own.panel} style={{ minHeight: 320 }}>
              <Skeleton width={144} height={20} />
              <Skeleton height={228} />
            </div>
          </div>
          <div className={styles.left}>
            <div className={own.panel}>
              <Skeleton width={112} height={20} />
              <Rows count={10} />
            </div>
          </div>
        </div>
      </div>
    </Loading>
  );
}

function FigureShape() {
  return (
    <div className={own.figure}>
      <Skeleton width={80} height={16} />
      <Skeleton width={144} height={32} />
      <Skeleton width={176} height={12} />
    </div>
  );
}

function Rows({ count }: { count: number }) {
  return Array.from({ length: count }, (_, index) => (
    <div key={index} className={own.row}>
      <Skeleton width={index % 2 === 0 ? '72%' : '60%'} />
    </div>
  ));
}
