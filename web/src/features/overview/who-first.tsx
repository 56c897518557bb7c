import { Link } from '@tanstack/react-router';
import { describeWhy } from '#contract/evidence-words.ts';
import { formatThreshold } from '#contract/format.ts';
import { EvidenceMark } from '../../components/evidence-badge.tsx';
import { ExpectedRate } from '../../components/expected-rate.tsx';
import { RisenMark } from '../../components/risen-mark.tsx';
import { paths } from '../../paths.ts';
import { Card } from '../../ui/card.tsx';
import { Empty } from '../../ui/states.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import type { OverviewData } from './overview-data.ts';
import styles from './who-first.module.css';

type WhoFirstProps = { overview: Pick<OverviewData, 'who_first' | 'risk_threshold' | 'tutors'> };

/** Whom to talk to first, and why. */
export function WhoFirst({ overview: { who_first, risk_threshold, tutors } }: WhoFirstProps) {
  const threshold = formatThreshold(risk_threshold);
  const all = (
    <Link to={paths.tutors} search={{ evidence: 'flagged' }}>
      All confirmed or on watch
    </Link>
  );
  return (
    <Card title="Who first" aside={all}>
      {who_first.length === 0 ? (
        <NobodyFirst flagged={tutors.confirmed + tutors.watch} threshold={threshold} />
      ) : (
        <>
          <p className={styles.order}>The surest to be above {threshold} first: from their last 90 days.</p>
          <Table caption={`Who first: the tutors who are surest to be above ${threshold}`}>
            <TableHead>
              <HeadCell>Tutor</HeadCell>
              <HeadCell isNumber>Expected rate</HeadCell>
              <HeadCell>Why</HeadCell>
            </TableHead>
            <TableBody>
              {who_first.map((tutor) => (
                <Row key={tutor.id}>
                  <Cell isLead>
                    <span className={styles.tutor}>
                      <EvidenceMark evidence={tutor.evidence} />
                      <Link to={paths.tutor} params={{ id: tutor.id }}>
                        <bdi>{tutor.name}</bdi>
                      </Link>
                    </span>
                  </Cell>
                  <Cell isNumber isWhole>
                    <ExpectedRate of={tutor} />
                  </Cell>
                  <Cell>
                    <span className={styles.why}>
                      {describeWhy(tutor)} <RisenMark at={tutor.rise_signalled_at} />
                    </span>
                  </Cell>
                </Row>
              ))}
            </TableBody>
          </Table>
        </>
      )}
    </Card>
  );
}

function NobodyFirst({ flagged, threshold }: { flagged: number; threshold: string }) {
  if (flagged > 0) {
    return (
      <Empty title="No active tutor is confirmed or on watch.">
        <p className="muted">Only tutors who are no longer active are.</p>
      </Empty>
    );
  }
  return (
    <Empty title="Nobody is confirmed or on watch.">
      <p className="muted">Of no tutor is it more likely than not that the rate is above {threshold}.</p>
    </Empty>
  );
}
