import { formatCounts, formatNumber, formatThreshold } from '#contract/format.ts';
import { rescheduleRate, type WindowCounts } from '#scoring/reschedule-rate.ts';
import { isAboveThreshold, type ScoreCounts } from '#scoring/risk.ts';
import { WINDOW_DAYS } from '#scoring/window.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Changing } from '../../ui/changing.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import styles from './window-table.module.css';

/** What each window holds, and whether it alone would make the tutor high risk. */
export function WindowTable({ counts, threshold }: { counts: ScoreCounts; threshold: number }) {
  return (
    <Card title="Counts per window" aside={`Threshold ${formatThreshold(threshold)}`}>
      <div className={styles.windows}>
        <Table caption="Sessions, moves by the tutor and rate of the last 7, 30 and 90 days">
          <TableHead>
            <HeadCell>Window</HeadCell>
            <HeadCell isNumber>Sessions</HeadCell>
            <HeadCell isNumber>Moved</HeadCell>
            <HeadCell isNumber>Rate</HeadCell>
            <HeadCell>Threshold</HeadCell>
          </TableHead>
          <TableBody>
            {WINDOW_DAYS.map((days) => (
              <Row key={days}>
                <Cell isLead>{days} days</Cell>
                <Cell isNumber label="Sessions">
                  <Changing value={formatNumber(counts[days].sessions)} />
                </Cell>
                <Cell isNumber label="Moved by tutor">
                  <Changing value={formatNumber(counts[days].reschedules)} />
                </Cell>
                <Cell isNumber label="Rate">
                  <Changing value={formatExactRate(counts[days])} />
                </Cell>
                <Cell>
                  <Verdict counts={counts[days]} threshold={threshold} />
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      </div>
    </Card>
  );
}

function Verdict({ counts, threshold }: { counts: WindowCounts; threshold: number }) {
  if (counts.sessions === 0) return <Badge tone="unknown">{formatCounts(counts)}</Badge>;
  return isAboveThreshold(counts, threshold) ? <Badge tone="high">above</Badge> : <Badge tone="clear">not above</Badge>;
}

/** To two decimals: this is the place to see how close to the threshold a rate is. */
function formatExactRate(counts: WindowCounts): string {
  const rate = rescheduleRate(counts);
  return rate === null ? '–' : `${rate.toFixed(2)} %`;
}
