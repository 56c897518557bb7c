import { useQuery } from '@tanstack/react-query';
import { historyQuery, meQuery } from '../../api/queries.ts';
import { Rate } from '../../components/rate.tsx';
import { ChartFrame } from '../../ui/chart/chart-frame.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import { ChartAnswer } from './chart-answer.tsx';
import styles from './chart-card.module.css';
import type { TutorView } from './tutor-link.tsx';
import { formatMonday, summariseWeeks, type Week, weeksOf } from './week-series.ts';
import { WEEKS_HEIGHT, WeeksChart } from './weeks-chart.tsx';

/** Each week by itself, in the calendar of the business. */
export function WeeksCard({ view: { id, search } }: { view: TutorView }) {
  const answer = useQuery(historyQuery(id, search.days, search.as_of));
  const { data: me } = useQuery(meQuery());
  const zone = me === undefined ? '' : `, in ${me.business_timezone}`;
  return (
    <ChartAnswer answer={answer} what="weeks" height={WEEKS_HEIGHT}>
      {(history) => {
        const weeks = weeksOf(history);
        return (
          <>
            <ChartFrame
              title="Week by week"
              summary={summariseWeeks(weeks)}
              table={<WeeksTable weeks={weeks} />}
              height={WEEKS_HEIGHT}
              draw={(width) => <WeeksChart weeks={weeks} width={width} />}
            />
            <p className={styles.note}>Weeks by their Monday{zone}. The last one, drawn dashed, is still running.</p>
          </>
        );
      }}
    </ChartAnswer>
  );
}

export function WeeksTable({ weeks }: { weeks: readonly Week[] }) {
  return (
    <Table caption="Rate of each week, newest first">
      <TableHead>
        <HeadCell>Week of</HeadCell>
        <HeadCell isNumber>Rate</HeadCell>
      </TableHead>
      <TableBody>
        {weeks.toReversed().map(({ monday, counts, isRunning }) => (
          <Row key={monday.getTime()}>
            <Cell isLead>
              {formatMonday(monday)}
              {isRunning && ' (still running)'}
            </Cell>
            <Cell isNumber label="Rate">
              <Rate {...counts} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
