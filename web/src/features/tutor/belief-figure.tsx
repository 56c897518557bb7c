import type { Prior, TutorEvidence } from '#contract/evidence.ts';
import { formatProbability, formatThreshold } from '#contract/format.ts';
import type { OnWire } from '../../api/wire.ts';
import { ExpectedRate } from '../../components/expected-rate.tsx';
import { ChartFrame } from '../../ui/chart/chart-frame.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import { BELIEF_HEIGHT, type Belief, BeliefChart } from './belief-chart.tsx';
import { formatExpectation } from './rate-series.ts';

type Evidence = OnWire<TutorEvidence>;

/** Where the tutor's true rate lies, beside what is usual among tutors and the threshold; nothing while not weighed. */
export function BeliefFigure({ evidence }: { evidence: Evidence }) {
  const own = ownBelief(evidence);
  if (own === null) return null;
  const usual = usualBelief(evidence.prior);
  const threshold = evidence.risk_threshold;
  return (
    <ChartFrame
      title="How high is the rate really?"
      summary={summaryOf(evidence, own, usual)}
      height={BELIEF_HEIGHT}
      table={<BeliefTable evidence={evidence} usual={usual} />}
      draw={(width) => <BeliefChart own={own} usual={usual} threshold={threshold} width={width} />}
    />
  );
}

function BeliefTable({ evidence, usual }: { evidence: Evidence; usual: Belief }) {
  return (
    <Table caption="Where the true rate lies with 90 %, and what is usual">
      <TableHead>
        <HeadCell>Of</HeadCell>
        <HeadCell isNumber>Rate</HeadCell>
      </TableHead>
      <TableBody>
        <Row>
          <Cell isLead>This tutor</Cell>
          <Cell isNumber label="Rate">
            <ExpectedRate of={evidence} />
          </Cell>
        </Row>
        <Row>
          <Cell isLead>{usual.name}</Cell>
          <Cell isNumber label="Rate">
            {formatExpectation(usual)}
          </Cell>
        </Row>
        <Row>
          <Cell isLead>Threshold</Cell>
          <Cell isNumber label="Rate">
            {formatThreshold(evidence.risk_threshold)}
          </Cell>
        </Row>
      </TableBody>
    </Table>
  );
}

function ownBelief({ expected_rate, expected_rate_lower, expected_rate_upper }: Evidence): Belief | null {
  if (expected_rate === null || expected_rate_lower === null || expected_rate_upper === null) return null;
  return { name: 'This tutor', rate: expected_rate, lower: expected_rate_lower, upper: expected_rate_upper };
}

function usualBelief({ basis, mean_rate, rate_lower, rate_upper }: OnWire<Prior>): Belief {
  return { name: USUAL[basis], rate: mean_rate, lower: rate_lower, upper: rate_upper };
}

const USUAL: Record<Prior['basis'], string> = {
  fitted: 'Usual among tutors',
  no_difference: 'All tutors alike',
  assumed: 'Assumed to be usual',
};

function summaryOf({ risk_probability, risk_threshold }: Evidence, own: Belief, usual: Belief): string {
  const likely = risk_probability === null ? '' : `; ${formatProbability(risk_probability)} likely to be above it`;
  return `This tutor: ${formatExpectation(own)}. ${usual.name}: ${formatExpectation(usual)}. The threshold is ${formatThreshold(risk_threshold)}${likely}.`;
}
