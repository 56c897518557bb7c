import { WINDOW_DAYS } from '#scoring/window.ts';
import { Rate } from '../../components/rate.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import { formatCalendarDay } from '../../ui/time.tsx';
import { formatExpectation, type RatePoint } from './rate-series.ts';

/** Every point of the drawing, newest first. */
export function RatesTable({ points }: { points: readonly RatePoint[] }) {
  return (
    <Table caption="Rates of the last 7, 30 and 90 days and what is known of the true one, day by day, newest first">
      <TableHead>
        <HeadCell>Day</HeadCell>
        {WINDOW_DAYS.map((days) => (
          <HeadCell key={days} isNumber>
            {days} days
          </HeadCell>
        ))}
        <HeadCell isNumber>True rate</HeadCell>
      </TableHead>
      <TableBody>
        {points.toReversed().map(({ at, day, counts, weighed }) => (
          <Row key={at.getTime()}>
            <Cell isLead>{formatCalendarDay(day)}</Cell>
            {WINDOW_DAYS.map((days) => (
              <Cell key={days} isNumber label={`${days} days`}>
                <Rate {...counts[days]} />
              </Cell>
            ))}
            <Cell isNumber label="True rate">
              {weighed === null ? '–' : formatExpectation(weighed)}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
