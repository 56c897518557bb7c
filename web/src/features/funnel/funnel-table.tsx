import { Link } from '@tanstack/react-router';
import { formatProbability } from '#contract/format.ts';
import { EvidenceBadge } from '../../components/evidence-badge.tsx';
import { Rate } from '../../components/rate.tsx';
import { paths } from '../../paths.ts';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import type { FunnelTutor } from './funnel-data.ts';
import styles from './funnel-page.module.css';
import { describePlace, type Limits } from './words.ts';

type FunnelTableProps = { tutors: readonly FunnelTutor[]; windowDays: number; limits: Limits };

/** One tutor a row, with what its mark stands for. */
export function FunnelTable({ tutors, windowDays, limits }: FunnelTableProps) {
  return (
    <Table caption={`Tutors by how far they lie outside, in the last ${windowDays} days`}>
      <TableHead>
        <HeadCell>Name</HeadCell>
        <HeadCell isNumber>Rate, {windowDays} days</HeadCell>
        <HeadCell>Place</HeadCell>
        <HeadCell>Evidence</HeadCell>
        <HeadCell isNumber>Likely above threshold</HeadCell>
      </TableHead>
      <TableBody>
        {tutors.map((tutor) => (
          <Row key={tutor.id}>
            <Cell isLead>
              <Link to={paths.tutor} params={{ id: tutor.id }} className={styles.name}>
                <bdi>{tutor.name}</bdi>
              </Link>
            </Cell>
            <Cell isNumber label="Rate">
              <Rate sessions={tutor.sessions} reschedules={tutor.reschedules} />
            </Cell>
            <Cell isWhole label="Place">
              {describePlace(tutor, limits)}
            </Cell>
            <Cell>
              <EvidenceBadge evidence={tutor.evidence} />
            </Cell>
            <Cell isNumber label="Likely above threshold">
              {tutor.risk_probability === null ? '–' : formatProbability(tutor.risk_probability)}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
