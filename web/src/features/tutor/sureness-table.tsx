import { formatProbability } from '#contract/format.ts';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import { formatCalendarDay, Time } from '../../ui/time.tsx';
import type { RatePoint } from './rate-series.ts';
import type { Said } from './sureness.ts';

/** What was said and when, then how likely it was on every day; both newest first. */
export function SurenessTable({ points, said }: { points: readonly RatePoint[]; said: readonly Said[] }) {
  return (
    <>
      {said.length > 0 && (
        <Table caption="What was said of this tutor, newest first">
          <TableHead>
            <HeadCell>When</HeadCell>
            <HeadCell>What was said</HeadCell>
          </TableHead>
          <TableBody>
            {said.map(({ at, words }) => (
              <Row key={`${at.getTime()} ${words}`}>
                <Cell isLead isWhole>
                  <Time at={at.toISOString()} />
                </Cell>
                <Cell>{words}</Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
      <Table caption="How likely to be above the threshold, day by day, newest first">
        <TableHead>
          <HeadCell>Day</HeadCell>
          <HeadCell isNumber>Likely above</HeadCell>
        </TableHead>
        <TableBody>
          {points.toReversed().map(({ at, day, weighed }) => (
            <Row key={at.getTime()}>
              <Cell isLead>{formatCalendarDay(day)}</Cell>
              <Cell isNumber label="Likely above">
                {weighed === null ? '–' : formatProbability(weighed.probability)}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </>
  );
}
