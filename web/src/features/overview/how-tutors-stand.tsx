import { Link } from '@tanstack/react-router';
import { formatNumber } from '#contract/format.ts';
import { describeCommonCause, describePrior } from '../../components/background-words.ts';
import { EvidenceBadge, type EvidenceTier } from '../../components/evidence-badge.tsx';
import { paths } from '../../paths.ts';
import { Card } from '../../ui/card.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import styles from './how-tutors-stand.module.css';
import type { OverviewData } from './overview-data.ts';

type HowTutorsStandProps = { overview: Pick<OverviewData, 'tutors' | 'prior' | 'common_cause_days'> };

const TIERS: EvidenceTier[] = ['confirmed', 'watch', 'clear', 'too_few'];

/** How many tutors are in each tier, what they are held against, and which days are left out. */
export function HowTutorsStand({ overview: { tutors, prior, common_cause_days } }: HowTutorsStandProps) {
  const most = Math.max(1, ...TIERS.map((tier) => tutors[tier]));
  return (
    <Card title="How do all tutors stand?">
      <div className={styles.tiers}>
        <Table caption="Tutors by how sure it is that they are above the threshold">
          <TableHead>
            <HeadCell>Evidence</HeadCell>
            <HeadCell isNumber>Tutors</HeadCell>
            <HeadCell>
              <span className="visually-hidden">Share</span>
            </HeadCell>
          </TableHead>
          <TableBody>
            {TIERS.map((tier) => (
              <Row key={tier}>
                <Cell isLead isWhole>
                  <Link to={paths.tutors} search={{ evidence: tier }} className={styles.tier}>
                    <EvidenceBadge evidence={tier} />
                  </Link>
                </Cell>
                <Cell isNumber>{formatNumber(tutors[tier])}</Cell>
                <Cell>
                  <span className={styles[tier]} style={{ width: `${(100 * tutors[tier]) / most}%` }} />
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      </div>
      <p className={styles.note}>{describePrior(prior)}</p>
      {common_cause_days.length > 0 && (
        <ul className={styles.days} aria-label="Days that are left out">
          {common_cause_days.map((day) => (
            <li key={day.day}>{describeCommonCause(day)}</li>
          ))}
        </ul>
      )}
    </Card>
  );
}
