import { countOf, formatNumber, formatThreshold } from '#contract/format.ts';
import type { WindowDays } from '../search.ts';
import { ChartFrame } from '../ui/chart/chart-frame.tsx';
import styles from './histogram.module.css';
import { HISTOGRAM_HEIGHT, HistogramDrawing } from './histogram-drawing.tsx';
import { HistogramTable } from './histogram-table.tsx';
import { endOf, type RateStep, rangeWords } from './rate-step.ts';

type HistogramProps = {
  /** From 0 to 100, each as wide as the others. */
  steps: readonly RateStep[];
  threshold: number;
  windowDays: WindowDays;
};

/** How the rates of all tutors lie about the threshold; each step leads to its tutors. */
export function Histogram({ steps, threshold, windowDays }: HistogramProps) {
  const end = endOf(steps, threshold);
  const shown = steps.filter(({ to }) => to <= end);
  const tutors = steps.reduce((sum, step) => sum + step.tutors, 0);
  const draw = (width: number) => <HistogramDrawing {...{ steps: shown, end, threshold, windowDays, width }} />;
  return (
    <div className={styles.panel}>
      <ChartFrame
        title="Rates of all tutors"
        summary={summaryOf(steps, threshold, windowDays)}
        height={HISTOGRAM_HEIGHT}
        table={<HistogramTable steps={shown} windowDays={windowDays} />}
        draw={draw}
      />
      <p className={styles.note}>
        {tutors === 0
          ? `No tutor has sessions in the last ${windowDays} days.`
          : `${countOf(tutors, 'tutor')} with sessions in the last ${windowDays} days. Each step opens its tutors.`}
      </p>
    </div>
  );
}

/** The picture in a sentence: how many lie how high, and where most are. */
function summaryOf(steps: readonly RateStep[], threshold: number, days: number): string {
  const tutors = steps.reduce((sum, step) => sum + step.tutors, 0);
  if (tutors === 0) return `No tutor has sessions in the last ${days} days.`;
  const fullest = steps.reduce((best, step) => (step.tutors > best.tutors ? step : best));
  const above = steps.filter(({ from }) => from >= threshold);
  const from = above[0]?.from;
  const high = above.reduce((sum, step) => sum + step.tutors, 0);
  const share = from === undefined ? '' : ` ${formatNumber(high)} have a rate of ${from} % or more.`;
  return (
    `${countOf(tutors, 'tutor')} with sessions in the last ${days} days; ` +
    `the threshold is ${formatThreshold(threshold)}.${share} ` +
    `The fullest step has ${countOf(fullest.tutors, 'tutor')}, ${rangeWords(fullest)}.`
  );
}
