import type { ReactNode } from 'react';
import { formatThreshold } from '#contract/format.ts';
import { BottomAxis, LeftAxis, thresholdClass, thresholdLabelClass } from '../../ui/chart/axis.tsx';
import { Scrubber } from '../../ui/chart/scrubber.tsx';
import { dateTicks } from './date-ticks.ts';
import { ExpectedBand } from './expected-band.tsx';
import { FlagBands, type FlagSpan } from './flag-bands.tsx';
import { LeftOutStripes } from './left-out-stripes.tsx';
import { RateLines } from './rate-lines.tsx';
import { scalesOf } from './rate-scales.ts';
import { describePoint, hasSessions, type RatePoint } from './rate-series.ts';
import styles from './rates-chart.module.css';
import { RatesReadout } from './rates-readout.tsx';

type RatesChartProps = {
  /** Oldest first. */
  points: readonly RatePoint[];
  flags: readonly FlagSpan[];
  /** Days with a common cause. */
  leftOut: readonly { day: string }[];
  threshold: number;
  width: number;
};

export const RATES_HEIGHT = 296;
const NARROW = 480;
const TOP = 24;
const BOTTOM = 28;
const LEFT = 44;

/** The three windows and what followed from them day by day, against the threshold, with the days of the flags. */
export function RatesChart({ points, flags, leftOut, threshold, width }: RatesChartProps) {
  const isNarrow = width < NARROW;
  const right = width - LEFT - (isNarrow ? 36 : 60);
  const bottom = RATES_HEIGHT - TOP - BOTTOM;
  const scales = scalesOf(points, threshold, right, bottom);
  const drawing = (index: number | null): ReactNode => (
    <svg width={width} height={RATES_HEIGHT} aria-hidden="true">
      <g transform={`translate(${LEFT} ${TOP})`}>
        <FlagBands flags={flags} x={scales.x} height={bottom} />
        <LeftOutStripes days={leftOut} x={scales.x} height={bottom} />
        <ExpectedBand points={points} scales={scales} />
        <LeftAxis scale={scales.y} unit="%" right={right} />
        <BottomAxis ticks={dateTicks(points, scales.x, isNarrow ? 3 : 5)} top={bottom} />
        {hasSessions(points) ? (
          <RateLines points={points} scales={scales} isNarrow={isNarrow} index={index} />
        ) : (
          <text className={styles.empty} x={right / 2} y={bottom / 2} textAnchor="middle">
            no sessions in this period
          </text>
        )}
        <Threshold threshold={threshold} y={scales.y(threshold)} right={right} />
      </g>
    </svg>
  );
  return (
    <Scrubber
      name="Rates day by day"
      width={width}
      height={RATES_HEIGHT}
      positions={points.map(({ at }) => LEFT + scales.x(at))}
      stride={7}
      describe={(index) => wordsAt(points, index)}
      readout={(index) => <RatesReadout point={points[index]} />}
    >
      {drawing}
    </Scrubber>
  );
}

function wordsAt(points: readonly RatePoint[], index: number): string {
  const point = points[index];
  return point === undefined ? '' : describePoint(point);
}

function Threshold({ threshold, y, right }: { threshold: number; y: number; right: number }) {
  return (
    <g>
      <line className={thresholdClass} x1={0} x2={right} y1={y} y2={y} />
      <text className={thresholdLabelClass} x={4} y={y - 6}>
        threshold {formatThreshold(threshold)}
      </text>
    </g>
  );
}
