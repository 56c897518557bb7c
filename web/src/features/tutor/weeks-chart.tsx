import { scaleBand, scaleLinear } from 'd3-scale';
import { formatCounts, formatRate } from '#contract/format.ts';
import { rescheduleRate } from '#scoring/reschedule-rate.ts';
import { BottomAxis, LeftAxis } from '../../ui/chart/axis.tsx';
import { Scrubber } from '../../ui/chart/scrubber.tsx';
import { describeWeek, formatMonday, formatShortMonday, type Week } from './week-series.ts';
import styles from './weeks-chart.module.css';

export const WEEKS_HEIGHT = 176;
const TOP = 12;
const BOTTOM = 28;
const LEFT = 44;
const WIDEST_BAR = 32;
const NARROW = 480;

/** A bar a week; none where there were no sessions, a line on the ground where none was moved. */
export function WeeksChart({ weeks, width }: { weeks: readonly Week[]; width: number }) {
  const right = width - LEFT - 8;
  const bottom = WEEKS_HEIGHT - TOP - BOTTOM;
  const x = scaleBand(weeks.keys(), [0, right]).paddingInner(0.25).paddingOuter(0.1);
  const rates = weeks.map(({ counts }) => rescheduleRate(counts));
  const y = scaleLinear([0, Math.max(10, ...rates.map((rate) => rate ?? 0))], [bottom, 0]).nice(4);
  const bar = Math.max(1, Math.min(WIDEST_BAR, x.bandwidth()));
  const middles = weeks.map((_, index) => (x(index) ?? 0) + x.bandwidth() / 2);
  const step = Math.max(1, Math.ceil(weeks.length / (width < NARROW ? 3 : 5)));
  const ticks = weeks
    .map(({ monday }, index) => ({ at: middles[index] ?? 0, label: formatShortMonday(monday) }))
    .filter((_, index) => (weeks.length - 1 - index) % step === 0);
  return (
    <Scrubber
      name="Rates week by week"
      width={width}
      height={WEEKS_HEIGHT}
      positions={middles.map((middle) => LEFT + middle)}
      stride={4}
      describe={(index) => wordsAt(weeks, index)}
      readout={(index) => <WeekReadout week={weeks[index]} />}
    >
      {(looked) => (
        <svg width={width} height={WEEKS_HEIGHT} aria-hidden="true">
          <g transform={`translate(${LEFT} ${TOP})`}>
            <LeftAxis scale={y} unit="%" right={right} />
            <BottomAxis ticks={ticks} top={bottom} />
            {weeks.map(({ monday, isRunning }, index) => {
              const rate = rates[index] ?? null;
              const middle = middles[index] ?? 0;
              const height = rate === null ? 0 : Math.max(2, bottom - y(rate));
              return (
                <g key={monday.getTime()}>
                  {index === looked && <line className={styles.cursor} x1={middle} x2={middle} y1={0} y2={bottom} />}
                  {rate !== null && (
                    <rect
                      className={isRunning ? styles.running : styles.bar}
                      data-looked={index === looked}
                      x={middle - bar / 2}
                      width={bar}
                      y={bottom - height}
                      height={height}
                    />
                  )}
                </g>
              );
            })}
            {rates.every((rate) => rate === null) && (
              <text className={styles.empty} x={right / 2} y={bottom / 2} textAnchor="middle">
                no sessions in this period
              </text>
            )}
          </g>
        </svg>
      )}
    </Scrubber>
  );
}

function WeekReadout({ week }: { week: Week | undefined }) {
  if (week === undefined) return null;
  return (
    <>
      <div className={styles.week}>Week of {formatMonday(week.monday)}</div>
      {week.isRunning && <div className={styles.muted}>still running</div>}
      <span className={styles.week}>{formatRate(week.counts)}</span>{' '}
      <span className={styles.muted}>{formatCounts(week.counts)}</span>
    </>
  );
}

function wordsAt(weeks: readonly Week[], index: number): string {
  const week = weeks[index];
  return week === undefined ? '' : describeWeek(week);
}
