import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { countOf, formatThreshold } from '#contract/format.ts';
import { BottomAxis, LeftAxis, thresholdClass, thresholdLabelClass } from '../../ui/chart/axis.tsx';
import { Scrubber } from '../../ui/chart/scrubber.tsx';
import styles from './chart.module.css';
import type { ReplayData } from './threshold-data.ts';

export const BY_THRESHOLD_HEIGHT = 256;
const TOP = 40;
const BOTTOM = 28;
const LEFT = 44;
const RIGHT = 16;
const END = 50;

type Step = ReplayData['by_threshold'][number];
type Scale = ScaleLinear<number, number>;

/** The flagged by threshold, with the stored threshold and the chosen one. */
export function ByThresholdChart({ replay, width }: { replay: ReplayData; width: number }) {
  const { by_threshold: steps, current, chosen } = replay;
  const right = width - LEFT - RIGHT;
  const bottom = BY_THRESHOLD_HEIGHT - TOP - BOTTOM;
  const x = scaleLinear([0, END], [0, right]);
  const y = scaleLinear([0, Math.max(4, ...steps.map(({ flagged }) => flagged))], [bottom, 0]).nice(4);
  const path = line<Step>(
    ({ risk_threshold }) => x(risk_threshold),
    ({ flagged }) => y(flagged),
  );
  return (
    <Scrubber
      name="Flagged tutors by threshold"
      width={width}
      height={BY_THRESHOLD_HEIGHT}
      positions={steps.map(({ risk_threshold }) => LEFT + x(risk_threshold))}
      stride={5}
      describe={(index) => wordsOf(steps[index])}
      readout={(index) => wordsOf(steps[index])}
    >
      {(looked) => (
        <svg width={width} height={BY_THRESHOLD_HEIGHT} aria-hidden="true">
          <g transform={`translate(${LEFT} ${TOP})`}>
            <text className={styles.unit} x={-LEFT} y={-26}>
              tutors
            </text>
            <LeftAxis scale={y} unit="" right={right} />
            <BottomAxis ticks={thresholdTicks(x)} top={bottom} />
            <Cursor step={looked === null ? undefined : steps[looked]} x={x} bottom={bottom} />
            <g className={styles.line}>
              <path d={path([...steps]) ?? ''} />
              {looked !== null && (
                <circle cx={x(steps[looked]?.risk_threshold ?? 0)} cy={y(steps[looked]?.flagged ?? 0)} r={4} />
              )}
            </g>
            <Mark at={current.risk_threshold} words="threshold" top={-30} x={x} bottom={bottom} isStored />
            {chosen.risk_threshold !== current.risk_threshold && (
              <Mark at={chosen.risk_threshold} words="chosen" top={-12} x={x} bottom={bottom} />
            )}
          </g>
        </svg>
      )}
    </Scrubber>
  );
}

type MarkProps = { at: number; words: string; top: number; x: Scale; bottom: number; isStored?: boolean };

/** A threshold as a line, with its words at the line and within the drawing; beyond the end of the axis there is none. */
function Mark({ at, words, top, x, bottom, isStored = false }: MarkProps) {
  if (at > END) return null;
  const isFarRight = at > END / 2;
  return (
    <g>
      <line className={isStored ? thresholdClass : styles.chosen} x1={x(at)} x2={x(at)} y1={top - 8} y2={bottom} />
      <text
        className={isStored ? thresholdLabelClass : styles.chosenLabel}
        x={x(at) + (isFarRight ? -6 : 6)}
        y={top}
        textAnchor={isFarRight ? 'end' : 'start'}
      >
        {words} {formatThreshold(at)}
      </text>
    </g>
  );
}

function Cursor({ step, x, bottom }: { step: Step | undefined; x: Scale; bottom: number }) {
  if (step === undefined) return null;
  const at = x(step.risk_threshold);
  return <line className={styles.cursor} x1={at} x2={at} y1={0} y2={bottom} />;
}

function wordsOf(step: Step | undefined): string {
  return step === undefined ? '' : `${formatThreshold(step.risk_threshold)}: ${countOf(step.flagged, 'tutor')}`;
}

/** At every ten points; the unit once, at the last. */
function thresholdTicks(x: Scale) {
  return [0, 10, 20, 30, 40, END].map((rate) => ({ at: x(rate), label: rate === END ? `${rate} %` : String(rate) }));
}
