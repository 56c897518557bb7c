import type { ScaleTime } from 'd3-scale';
import type { TutorRates } from '#contract/tutor-history.ts';
import type { OnWire } from '../../api/wire.ts';
import styles from './rates-chart.module.css';

export type FlagSpan = Pick<OnWire<TutorRates>['flags'][number], 'opened_at' | 'closed_at' | 'level'>;

type FlagBandsProps = { flags: readonly FlagSpan[]; x: ScaleTime<number, number>; height: number };

/** What each level is called above its band, and how wide the words are; a flag of the literal rule has none. */
const LEVELS = {
  confirmed: { words: 'confirmed', width: 64, look: styles.confirmed },
  watch: { words: 'watch', width: 42, look: styles.watch },
  rule: { words: 'by the rule', width: 66, look: styles.rule },
} as const;

/** The stretches of time in which a flag was open, named above the drawing where there is room for the words. */
export function FlagBands({ flags, x, height }: FlagBandsProps) {
  const [left = 0, right = 0] = x.range();
  return flags.map(({ opened_at, closed_at, level }) => {
    const { words, width: wordsWidth, look } = LEVELS[level ?? 'rule'];
    const from = Math.max(left, x(new Date(opened_at)));
    const to = closed_at === null ? right : Math.min(right, x(new Date(closed_at)));
    const width = Math.max(2, to - from);
    return (
      <g key={`${opened_at} ${level}`} className={look} data-flag={closed_at === null ? 'open' : 'closed'}>
        <rect x={from} width={width} y={0} height={height} />
        {width >= wordsWidth && (
          <text x={from + 4} y={-8}>
            {words}
          </text>
        )}
      </g>
    );
  });
}
