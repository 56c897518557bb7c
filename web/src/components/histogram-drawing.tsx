import { Link } from '@tanstack/react-router';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { useState } from 'react';
import { countOf, formatThreshold } from '#contract/format.ts';
import { paths } from '../paths.ts';
import type { WindowDays } from '../search.ts';
import { BottomAxis, LeftAxis, thresholdClass, thresholdLabelClass } from '../ui/chart/axis.tsx';
import styles from './histogram.module.css';
import { type RateStep, rangeWords, searchOf } from './rate-step.ts';

export const HISTOGRAM_HEIGHT = 228;

const MARGIN = { top: 40, right: 16, bottom: 28, left: 32 };
const BOTTOM = HISTOGRAM_HEIGHT - MARGIN.top - MARGIN.bottom;
/** Half as wide as the longest words that are shown at a bar. */
const HALF_WORDS = 88;
/** Below this the axis is labelled at every second ten. */
const LABEL_WIDTH = 36;

type Scale = ScaleLinear<number, number>;

type DrawingProps = {
  steps: readonly RateStep[];
  /** The last rate on the axis. */
  end: number;
  threshold: number;
  windowDays: WindowDays;
  width: number;
};

export function HistogramDrawing({ steps, end, threshold, windowDays, width }: DrawingProps) {
  const [pointedAt, setPointedAt] = useState<number | null>(null);
  const right = width - MARGIN.left - MARGIN.right;
  const x = scaleLinear([0, end], [0, right]);
  // At least 4, so that the axis counts whole tutors.
  const y = scaleLinear([0, Math.max(4, ...steps.map(({ tutors }) => tutors))], [BOTTOM, 0]).nice(4);
  const pointed = steps.find(({ from }) => from === pointedAt);
  const isEmpty = steps.every(({ tutors }) => tutors === 0);
  return (
    <svg width={width} height={HISTOGRAM_HEIGHT} role="group" aria-label="Tutors by rate">
      <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
        <text className={styles.unit} x={-MARGIN.left} y={-24} aria-hidden="true">
          tutors
        </text>
        <LeftAxis scale={y} unit="" right={right} />
        <BottomAxis ticks={rateTicks(x, end)} top={BOTTOM} />
        {steps.map((step) => (
          <Bar key={step.from} {...{ step, x, y, threshold, windowDays, onPoint: setPointedAt }} />
        ))}
        <ThresholdLine threshold={threshold} x={x} right={right} />
        {isEmpty && (
          <text className={styles.nothing} x={right / 2} y={BOTTOM / 2} textAnchor="middle">
            no sessions in this period
          </text>
        )}
        {pointed !== undefined && <BarWords step={pointed} x={x} y={y} right={right} />}
      </g>
    </svg>
  );
}

type BarProps = {
  step: RateStep;
  x: Scale;
  y: Scale;
  threshold: number;
  windowDays: WindowDays;
  onPoint: (from: number | null) => void;
};

/** A link as high as the drawing, so that a step of one tutor is hit as easily as the fullest. */
function Bar({ step, x, y, threshold, windowDays, onPoint }: BarProps) {
  if (step.tutors === 0) return null;
  const left = x(step.from);
  const width = x(step.to) - left;
  const point = () => onPoint(step.from);
  const leave = () => onPoint(null);
  return (
    <Link
      to={paths.tutors}
      search={searchOf(step, windowDays)}
      className={styles.bar}
      aria-label={wordsOf(step)}
      onMouseEnter={point}
      onMouseLeave={leave}
      onFocus={point}
      onBlur={leave}
    >
      <rect className={styles.target} x={left} y={0} width={width} height={BOTTOM} />
      <rect
        className={step.from >= threshold ? styles.above : styles.below}
        x={left + 1}
        y={y(step.tutors)}
        width={width - 2}
        height={BOTTOM - y(step.tutors)}
      />
    </Link>
  );
}

function ThresholdLine({ threshold, x, right }: { threshold: number; x: Scale; right: number }) {
  const at = x(threshold);
  const isFarRight = at > right / 2;
  return (
    <g className={styles.threshold}>
      <line className={thresholdClass} x1={at} x2={at} y1={-34} y2={BOTTOM} />
      <text
        className={thresholdLabelClass}
        x={isFarRight ? at - 6 : at + 6}
        y={-24}
        textAnchor={isFarRight ? 'end' : 'start'}
      >
        threshold {formatThreshold(threshold)}
      </text>
    </g>
  );
}

/** Says of the bar that is pointed at or has the focus what its link says, above it and within the drawing. */
function BarWords({ step, x, y, right }: { step: RateStep; x: Scale; y: Scale; right: number }) {
  const middle = x((step.from + step.to) / 2);
  const within = Math.min(Math.max(middle, HALF_WORDS - MARGIN.left), right + MARGIN.right - HALF_WORDS);
  return (
    <text className={styles.words} x={within} y={y(step.tutors) - 6} textAnchor="middle" aria-hidden="true">
      {wordsOf(step)}
    </text>
  );
}

function wordsOf(step: RateStep): string {
  return `${countOf(step.tutors, 'tutor')} ${rangeWords(step)}`;
}

/** At every ten points, or every twenty where that is too close; the unit once, at the last. */
function rateTicks(x: Scale, end: number) {
  const distance = x(10) - x(0) < LABEL_WIDTH ? 20 : 10;
  const count = Math.floor(end / distance) + 1;
  return Array.from({ length: count }, (_, index) => {
    const rate = index * distance;
    return { at: x(rate), label: index === count - 1 ? `${rate} %` : String(rate) };
  });
}
