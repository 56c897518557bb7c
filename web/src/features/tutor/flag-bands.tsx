import type { ScaleTime } from 'd3-scale';
import styles from './rates-chart.module.css';

export type FlagSpan = { opened_at: string; closed_at: string | null };

const LABEL_WIDTH = 58;

/** The stretches of time in which a flag was open, named above the drawing where there is room for the words. */
export function FlagBands({
  flags,
  x,
  height,
}: {
  flags: readonly FlagSpan[];
  x: ScaleTime<number, number>;
  height: number;
}) {
  const [left = 0, right = 0] = x.range();
  return flags.map(({ opened_at, closed_at }) => {
    const from = Math.max(left, x(new Date(opened_at)));
    const to = closed_at === null ? right : Math.min(right, x(new Date(closed_at)));
    const width = Math.max(2, to - from);
    return (
      <g key={opened_at} data-flag={closed_at === null ? 'open' : 'closed'}>
        <rect className={styles.band} x={from} width={width} y={0} height={height} />
        {width >= LABEL_WIDTH && (
          <text className={styles.bandLabel} x={from + 4} y={-8}>
            flag open
          </text>
        )}
      </g>
    );
  });
}
