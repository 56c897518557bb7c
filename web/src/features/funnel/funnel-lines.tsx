import { line } from 'd3-shape';
import { useId } from 'react';
import { formatThreshold } from '#contract/format.ts';
import { BottomAxis, LeftAxis, thresholdClass, thresholdLabelClass } from '../../ui/chart/axis.tsx';
import type { FunnelData } from './funnel-data.ts';
import styles from './funnel-plot.module.css';
import type { Scales } from './scales.ts';
import type { Limits } from './words.ts';

type FunnelLinesProps = { funnel: FunnelData; scales: Scales; limits: Limits; isNarrow: boolean };
type LimitPoint = FunnelData['limits'][number];
type Side = Exclude<keyof LimitPoint, 'sessions'>;

const CHANCE: Side[] = ['lower_95', 'upper_95', 'lower_998', 'upper_998'];
const OUTER: Side[] = [
  'overdispersed_lower_95',
  'overdispersed_upper_95',
  'overdispersed_lower_998',
  'overdispersed_upper_998',
];
const LABEL_HEIGHT = 14;
const NUMBERS = new Intl.NumberFormat('en-US');

/** Sessions across and rates upwards, below all that is drawn. */
export function FunnelAxes({ scales, isNarrow }: Pick<FunnelLinesProps, 'scales' | 'isNarrow'>) {
  const [, right = 0] = scales.x.range();
  const [bottom = 0] = scales.y.range();
  return (
    <g>
      <LeftAxis scale={scales.y} unit="%" right={right} />
      <BottomAxis ticks={sessionTicks(scales, isNarrow ? 4 : 8)} top={bottom} />
      <text className={styles.unit} x={right} y={bottom + 36} textAnchor="end">
        sessions
      </text>
    </g>
  );
}

/** The limits around the rate of all, and the threshold, each named at its right end. */
export function FunnelLines({ funnel, scales, limits, isNarrow }: FunnelLinesProps) {
  const clip = useId();
  const { x, y } = scales;
  const [, right = 0] = x.range();
  const [bottom = 0] = y.range();
  const { risk_threshold, centre } = funnel;
  const sides = limits.hasOuter ? [...OUTER, ...CHANCE] : CHANCE;
  return (
    <g>
      <clipPath id={clip}>
        <rect width={right} height={bottom} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        {sides.map((side) => (
          <path key={side} className={classOf(side)} d={pathOf(funnel.limits, side, scales)} data-limit={side} />
        ))}
        {centre !== null && <line className={styles.centre} x1={0} x2={right} y1={y(centre)} y2={y(centre)} />}
      </g>
      <line className={thresholdClass} x1={0} x2={right} y1={y(risk_threshold)} y2={y(risk_threshold)} />
      {labelsOf(funnel, scales, limits, isNarrow).map(({ words, at, className }) => (
        <text key={at} className={className} x={right + 6} y={at} dy="0.32em">
          {words}
        </text>
      ))}
    </g>
  );
}

function classOf(side: Side): string | undefined {
  if (side.startsWith('overdispersed')) return styles.outer;
  return side.endsWith('998') ? styles.alarm : styles.warning;
}

function pathOf(points: readonly LimitPoint[], side: Side, { x, y }: Scales): string {
  // A lower limit of 0 is none: it is drawn from where it rises.
  const drawn = line<LimitPoint>(
    ({ sessions }) => x(sessions),
    (point) => y(point[side]),
  ).defined((point) => point[side] > 0);
  return drawn(points) ?? '';
}

/** Names at the right end, pushed up where they would lie on each other: above there is room, below there is the axis. */
function labelsOf(
  { limits: points, risk_threshold, centre }: FunnelData,
  { y }: Scales,
  { hasOuter }: Limits,
  isNarrow: boolean,
) {
  const last = points.at(-1);
  const wanted = [
    {
      words: isNarrow ? formatThreshold(risk_threshold) : `threshold ${formatThreshold(risk_threshold)}`,
      rate: risk_threshold,
      className: thresholdLabelClass,
    },
  ];
  const name = (rate: number, words: string, short: string) =>
    wanted.push({ words: isNarrow ? short : words, rate, className: styles.label });
  if (centre !== null) name(centre, `all ${centre.toFixed(1)} %`, 'all');
  if (last !== undefined) {
    name(last.upper_95, 'chance 95 %', '95 %');
    name(last.upper_998, 'chance 99.8 %', '99.8 %');
  }
  if (last !== undefined && hasOuter) {
    name(last.overdispersed_upper_95, 'outer 95 %', '95 %');
    name(last.overdispersed_upper_998, 'outer 99.8 %', '99.8 %');
  }
  const [, highest = 100] = y.domain();
  let ceiling = Number.POSITIVE_INFINITY;
  return wanted
    .filter(({ rate }) => rate <= highest)
    .toSorted((one, other) => one.rate - other.rate)
    .map(({ words, rate, className }) => {
      const at = Math.min(y(rate), ceiling);
      ceiling = at - LABEL_HEIGHT;
      return { words, at, className };
    });
}

function sessionTicks({ x }: Scales, most: number) {
  return x.ticks(most).map((sessions) => ({ at: x(sessions), label: NUMBERS.format(sessions) }));
}
