import { useQuery } from '@tanstack/react-query';
import { historyQuery, meQuery } from '../../api/queries.ts';
import { Rate } from '../../components/rate.tsx';
import { ChartFrame } from '../../ui/chart/chart-frame.tsx';
import { Failure, Loading, Skeleton } from '../../ui/states.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import styles from './chart-card.module.css';
import type { TutorView } from './tutor-link.tsx';
import { formatMonday, summariseWeeks, type Week, weeksOf } from './week-series.ts';
import { WEEKS_HEIGHT, WeeksChart } from './weeks-chart.tsx';

/** Each week by itself, in the calendar of the business. */
export function WeeksCard({ view: { id, search } }: { view: TutorView }) {
  const { data, error, refetch, isPlaceholderData } = useQuery(historyQuery(id, search.days, search.as_of));
  const { data: me } = useQuery(meQuery());
  if (data === undefined) {
    return (
      <div className={styles.card}>
        {error !== null ? (
          <Failure title="The weeks could not be loaded." error={error} retry={() => void refetch()} />
        ) : (
          <Loading what="the weeks">
            <Skeleton height={WEEKS_HEIGHT + 40} />
          </Loading>
        )}
      </div>
    );
  }
  const weeks = weeksOf(data);
  const zone = me === undefined ? '' : `, in ${me.business_timezone}`;
  return (
    <div className={styles.card} aria-busy={isPlaceholderData}>
      <ChartFrame
        title="Week by week"
        summary={summariseWeeks(weeks)}
        table={<WeeksTable weeks={weeks} />}
        height={WEEKS_HEIGHT}
        draw={(width) => <WeeksChart weeks={weeks} width={width} />}
      />
      <p className={styles.note}>Weeks by their Monday{zone}. The last one, drawn dashed, is still running.</p>
    </div>
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
