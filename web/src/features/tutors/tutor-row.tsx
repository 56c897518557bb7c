import { Link } from '@tanstack/react-router';
import { memo, useState } from 'react';
import { formatNumber, formatProbability } from '#contract/format.ts';
import type { TutorListItem } from '#contract/tutors.ts';
import type { OnWire } from '../../api/wire.ts';
import { EvidenceBadge } from '../../components/evidence-badge.tsx';
import { ExpectedRate } from '../../components/expected-rate.tsx';
import { Rate } from '../../components/rate.tsx';
import { RisenMark } from '../../components/risen-mark.tsx';
import { describeRule } from '../../components/rule-words.ts';
import { countsOf } from '../../components/window-counts.ts';
import { paths } from '../../paths.ts';
import type { WindowDays } from '../../search.ts';
import { Cell, Row } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { type ColumnName, readColumns } from './columns.ts';
import { formatMovesAbove } from './moves-above.ts';
import styles from './tutors-table.module.css';
import { useChanged } from './use-changed.ts';

type Tutor = OnWire<TutorListItem>;
type TutorRowProps = { tutor: Tutor; columns: string; window: WindowDays };

/** Drawn anew only when its own tutor has changed: a page has many. */
export const TutorRow = memo(function TutorRow({ tutor, columns, window }: TutorRowProps) {
  const [isFocused, setIsFocused] = useState(false);
  const [isChanged, seen] = useChanged(figuresOf(tutor));
  return (
    <Row
      isSelected={isFocused}
      className={isChanged ? 'changed' : undefined}
      onFocus={() => setIsFocused(true)}
      onBlur={() => setIsFocused(false)}
      onAnimationEnd={seen}
    >
      <Cell isLead>
        <Link to={paths.tutor} params={{ id: tutor.id }} className={styles.name}>
          <bdi>{tutor.name}</bdi>
        </Link>{' '}
        <RisenMark at={tutor.rise_signalled_at} />
      </Cell>
      {readColumns(columns).map((column) => (
        <ColumnCell key={column} column={column} tutor={tutor} window={window} />
      ))}
    </Row>
  );
});

function ColumnCell({ column, tutor, window }: { column: ColumnName; tutor: Tutor; window: WindowDays }) {
  const counts = countsOf(tutor);
  switch (column) {
    case 'evidence':
      return (
        <Cell>
          <span className={styles.evidence}>
            <EvidenceBadge evidence={tutor.evidence} />
            {tutor.risk_probability !== null && formatProbability(tutor.risk_probability)}
          </span>
        </Cell>
      );
    case 'expected':
      return (
        <Cell isNumber label="Expected">
          <ExpectedRate of={tutor} />
        </Cell>
      );
    case 'rate':
      return <RateCell label="Rate" {...counts[window]} />;
    case 'rate_7d':
      return <RateCell label="7 days" {...counts[7]} />;
    case 'rate_30d':
      return <RateCell label="30 days" {...counts[30]} />;
    case 'rate_90d':
      return <RateCell label="90 days" {...counts[90]} />;
    case 'sessions':
      return (
        <Cell isNumber label="Sessions">
          {formatNumber(counts[window].sessions)}
        </Cell>
      );
    case 'above':
      return (
        <Cell isNumber label="Above threshold">
          {formatMovesAbove(counts[window], tutor.risk_threshold)}
        </Cell>
      );
    case 'rule':
      return <Cell label="By the rule">{describeRule(counts, tutor.risk_threshold)}</Cell>;
    case 'active':
      return <Cell label="Active">{tutor.is_active ? 'yes' : 'no'}</Cell>;
    case 'updated':
      return (
        <Cell label="Updated">
          <Time at={tutor.last_calculated_at} as="ago" />
        </Cell>
      );
    default:
      return column satisfies never;
  }
}

function RateCell({ label, ...counts }: { label: string; sessions: number; reschedules: number }) {
  return (
    <Cell isNumber label={label}>
      <Rate {...counts} />
    </Cell>
  );
}

/**
 * All that a reader would want to be told of, as it is shown: the time of the last calculation moves on by itself, and
 * each night what is usual among tutors moves everybody's figures a little.
 */
function figuresOf({ last_calculated_at: _at, prior_version: _version, risk_probability, ...figures }: Tutor): string {
  const likely = risk_probability === null ? null : formatProbability(risk_probability);
  return JSON.stringify([likely, figures], (_, value) => (typeof value === 'number' ? Math.round(value) : value));
}
