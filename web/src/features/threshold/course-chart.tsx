import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { formatNumber } from '#contract/format.ts';
import { BottomAxis, LeftAxis } from '../../ui/chart/axis.tsx';
import { Scrubber } from '../../ui/chart/scrubber.tsx';
import { formatCalendarDay } from '../../ui/time.tsx';
import styles from './chart.module.css';
import { type Course, type CourseDay, describeDay } from './course.ts';

export const COURSE_HEIGHT = 256;
const NARROW = 480;
const TOP = 28;
const BOTTOM = 28;
const LEFT = 44;
/** For the names at the ends of the lines. */
const RIGHT = 68;
const LABEL_HEIGHT = 16;

/** The flagged day by day: the chosen setting as a line, how it is as a dashed one. */
export function CourseChart({ course, width }: { course: Course; width: number }) {
  const { days, current } = course;
  const right = width - LEFT - RIGHT;
  const bottom = COURSE_HEIGHT - TOP - BOTTOM;
  const x = scaleLinear([0, Math.max(1, days.length - 1)], [0, right]);
  const most = Math.max(4, ...days.map((day) => Math.max(day.flagged, current === null ? 0 : day.current)));
  const y = scaleLinear([0, most], [bottom, 0]).nice(4);
  const path = (valueOf: (day: CourseDay) => number) =>
    line<CourseDay>(
      (_, index) => x(index),
      (day) => y(valueOf(day)),
    )(days) ?? '';
  const last = days.at(-1);
  const [chosenAt, currentAt] = apart(y(last?.flagged ?? 0), y(last?.current ?? 0), bottom);
  const dayWidth = x(1) - x(0);
  return (
    <Scrubber
      name="Flagged tutors day by day"
      width={width}
      height={COURSE_HEIGHT}
      positions={days.map((_, index) => LEFT + x(index))}
      stride={7}
      describe={(index) => wordsAt(course, index)}
      readout={(index) => <Readout course={course} index={index} />}
    >
      {(looked) => (
        <svg width={width} height={COURSE_HEIGHT} aria-hidden="true">
          <g transform={`translate(${LEFT} ${TOP})`}>
            <text className={styles.unit} x={-LEFT} y={-14}>
              tutors
            </text>
            {days.map(
              ({ day, isLeftOut }, index) =>
                isLeftOut && (
                  <rect
                    key={day}
                    className={styles.leftOut}
                    data-day={day}
                    x={x(index) - dayWidth / 2}
                    width={Math.max(2, dayWidth)}
                    height={bottom}
                  />
                ),
            )}
            <LeftAxis scale={y} unit="" right={right} />
            <BottomAxis ticks={dayTicks(days, x, width < NARROW ? 3 : 5)} top={bottom} />
            {looked !== null && <line className={styles.cursor} x1={x(looked)} x2={x(looked)} y1={0} y2={bottom} />}
            {current !== null && (
              <g className={styles.current}>
                <path d={path((day) => day.current)} />
                <text x={right + 8} y={currentAt} dy="0.32em">
                  as it is
                </text>
                <Dot x={x(looked ?? 0)} y={y(days[looked ?? 0]?.current ?? 0)} isShown={looked !== null} />
              </g>
            )}
            <g className={styles.line}>
              <path d={path((day) => day.flagged)} />
              <text x={right + 8} y={current === null ? y(last?.flagged ?? 0) : chosenAt} dy="0.32em">
                {current === null ? 'as it is' : 'as chosen'}
              </text>
              <Dot x={x(looked ?? 0)} y={y(days[looked ?? 0]?.flagged ?? 0)} isShown={looked !== null} />
            </g>
          </g>
        </svg>
      )}
    </Scrubber>
  );
}

function Dot({ x, y, isShown }: { x: number; y: number; isShown: boolean }) {
  return isShown && <circle cx={x} cy={y} r={4} />;
}

function Readout({ course: { days, current }, index }: { course: Course; index: number }) {
  const day = days[index];
  if (day === undefined) return null;
  return (
    <>
      <div className={styles.day}>{formatCalendarDay(day.day)}</div>
      <div>
        {formatNumber(day.flagged)} {current === null ? 'as it is' : 'as chosen'}
      </div>
      {current !== null && <div>{formatNumber(day.current)} as it is</div>}
      {day.isLeftOut && <div>left out of the evidence</div>}
    </>
  );
}

function wordsAt({ days, current }: Course, index: number): string {
  const day = days[index];
  return day === undefined ? '' : describeDay(day, current !== null);
}

/** Days spread evenly, both ends among them. */
function dayTicks(days: readonly CourseDay[], x: (index: number) => number, count: number) {
  const indexes = new Set(
    Array.from({ length: count }, (_, tick) => Math.round((tick * (days.length - 1)) / (count - 1))),
  );
  return days.flatMap(({ day }, index) =>
    indexes.has(index) ? [{ at: x(index), label: DAY.format(new Date(`${day}T00:00:00Z`)) }] : [],
  );
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Two labels as near to where they belong as both can be read, and above the axis. */
function apart(one: number, other: number, bottom: number): [one: number, other: number] {
  const middle = Math.min((one + other) / 2, bottom - LABEL_HEIGHT / 2);
  if (Math.abs(one - other) >= LABEL_HEIGHT) return [one, other];
  const half = one <= other ? LABEL_HEIGHT / 2 : -LABEL_HEIGHT / 2;
  return [middle - half, middle + half];
}
