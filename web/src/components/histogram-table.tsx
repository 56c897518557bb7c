import { Link } from '@tanstack/react-router';
import { formatNumber } from '#contract/format.ts';
import { paths } from '../paths.ts';
import type { WindowDays } from '../search.ts';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../ui/table.tsx';
import { type RateStep, searchOf } from './rate-step.ts';

/** The same figures as the drawing, with the same links. */
export function HistogramTable({ steps, windowDays }: { steps: readonly RateStep[]; windowDays: WindowDays }) {
  return (
    <Table caption={`Tutors by their rate in the last ${windowDays} days`}>
      <TableHead>
        <HeadCell>Rate</HeadCell>
        <HeadCell isNumber>Tutors</HeadCell>
      </TableHead>
      <TableBody>
        {steps.map((step) => (
          <Row key={step.from}>
            <Cell isLead>
              <Link to={paths.tutors} search={searchOf(step, windowDays)}>
                {step.from} to {step.to} %
              </Link>
            </Cell>
            <Cell isNumber label="Tutors">
              {formatNumber(step.tutors)}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
