import { formatNumber } from '#contract/format.ts';
import { ChartFrame } from '../../ui/chart/chart-frame.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import { formatCalendarDay } from '../../ui/time.tsx';
import styles from './chart.module.css';
import { type Course, courseOf, summariseCourse } from './course.ts';
import { COURSE_HEIGHT, CourseChart } from './course-chart.tsx';
import type { ReplayData } from './threshold-data.ts';

/** How many would have been flagged on each of the last 90 days, beside the stored setting; both by the replay. */
export function CourseCard({ replay }: { replay: ReplayData }) {
  const course = courseOf(replay);
  return (
    <div className={styles.card}>
      <ChartFrame
        title="How many would have been flagged?"
        summary={summariseCourse(course)}
        height={COURSE_HEIGHT}
        table={<CourseTable course={course} />}
        draw={(width) => <CourseChart course={course} width={width} />}
      />
      <p className={styles.note}>
        {course.chosen}
        {course.current === null ? ', as it is' : ` beside ${course.current}, as it is`}, at the end of each day, by the
        replay.
        {course.days.some(({ isLeftOut }) => isLeftOut) &&
          ' Shaded: days of a common cause, which count in no evidence.'}
      </p>
    </div>
  );
}

/** Every day of the drawing, newest first. */
function CourseTable({ course: { days, current } }: { course: Course }) {
  return (
    <Table caption="Tutors flagged at the end of each day by the replay, newest first">
      <TableHead>
        <HeadCell>Day</HeadCell>
        <HeadCell isNumber>As chosen</HeadCell>
        {current !== null && <HeadCell isNumber>As it is</HeadCell>}
      </TableHead>
      <TableBody>
        {days.toReversed().map((day) => (
          <Row key={day.day}>
            <Cell isLead>
              {formatCalendarDay(day.day)}
              {day.isLeftOut && <span className="muted"> left out of the evidence</span>}
            </Cell>
            <Cell isNumber label="As chosen">
              {formatNumber(day.flagged)}
            </Cell>
            {current !== null && (
              <Cell isNumber label="As it is">
                {formatNumber(day.current)}
              </Cell>
            )}
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
