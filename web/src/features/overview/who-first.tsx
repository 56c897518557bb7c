import { Link } from '@tanstack/react-router';
import { formatThreshold } from '#contract/format.ts';
import { Rate } from '../../components/rate.tsx';
import { describeWhy } from '../../components/why.ts';
import { countsOf } from '../../components/window-counts.ts';
import { paths } from '../../paths.ts';
import { windowDays } from '../../search.ts';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Empty } from '../../ui/states.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import type { OverviewData } from './overview-data.ts';
import styles from './who-first.module.css';

type WhoFirstProps = { overview: Pick<OverviewData, 'who_first' | 'window_days' | 'risk_threshold' | 'tutors'> };

/** Whom to talk to first, and why. */
export function WhoFirst({ overview: { who_first, window_days, risk_threshold, tutors } }: WhoFirstProps) {
  const days = windowDays(window_days);
  const all = (
    <Link to={paths.tutors} search={{ risk_status: 'high_risk', sort_by: 'moves_above_threshold', window_days: days }}>
      All high-risk tutors
    </Link>
  );
  return (
    <Card title="Who first" aside={all}>
      {who_first.length === 0 ? (
        <NobodyFirst highRisk={tutors.high_risk} threshold={risk_threshold} />
      ) : (
        <>
          <p className={styles.order}>
            Ordered by moves in {days} days above what {formatThreshold(risk_threshold)} allows.
          </p>
          <Table caption={`Who first: tutors with most moves above ${formatThreshold(risk_threshold)} in ${days} days`}>
            <TableHead>
              <HeadCell>Tutor</HeadCell>
              <HeadCell isNumber>Rate, {days} days</HeadCell>
              <HeadCell>Why</HeadCell>
            </TableHead>
            <TableBody>
              {who_first.map((tutor) => {
                const counts = countsOf(tutor);
                return (
                  <Row key={tutor.id}>
                    <Cell isLead>
                      <span className={styles.tutor}>
                        <span className={styles.high}>
                          <Icon name="triangle" size={12} />
                          <span className="visually-hidden">High risk: </span>
                        </span>
                        <Link to={paths.tutor} params={{ id: tutor.id }}>
                          <bdi>{tutor.name}</bdi>
                        </Link>
                      </span>
                    </Cell>
                    <Cell isNumber>
                      <Rate {...counts[days]} />
                    </Cell>
                    <Cell>
                      <span className={styles.why}>{describeWhy(counts, tutor.risk_threshold)}</span>
                    </Cell>
                  </Row>
                );
              })}
            </TableBody>
          </Table>
        </>
      )}
    </Card>
  );
}

function NobodyFirst({ highRisk, threshold }: { highRisk: number; threshold: number }) {
  if (highRisk > 0) {
    return (
      <Empty title="No active tutor is high risk.">
        <p className="muted">Only tutors who are no longer active are.</p>
      </Empty>
    );
  }
  return (
    <Empty title="Nobody is high risk.">
      <p className="muted">No tutor is above {formatThreshold(threshold)} in any window.</p>
    </Empty>
  );
}
