import { Link } from '@tanstack/react-router';
import type { AuditRecord } from '#contract/audit.ts';
import type { OnWire } from '../../api/wire.ts';
import { OptionLink } from '../../components/option-link.tsx';
import { paths } from '../../paths.ts';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { type AuditSearch, addressOf } from './audit-search.ts';
import styles from './audit-table.module.css';
import { actionWords, detailWords, subjectWords, whoWords } from './words.ts';

type Entry = OnWire<AuditRecord>;
type AuditTableProps = { records: readonly Entry[]; search: AuditSearch };

/** One record a row, newest first. */
export function AuditTable({ records, search }: AuditTableProps) {
  return (
    <Table caption="Audit log, newest first">
      <TableHead>
        <HeadCell>When</HeadCell>
        <HeadCell>Who</HeadCell>
        <HeadCell>What</HeadCell>
        <HeadCell>About</HeadCell>
        <HeadCell>Details</HeadCell>
      </TableHead>
      <TableBody>
        {records.map((entry) => (
          <Row key={entry.id}>
            <Cell isWhole>
              <Time at={entry.at} />
            </Cell>
            <Cell isLead>
              <Who entry={entry} search={search} />
            </Cell>
            <Cell isWhole>{actionWords(entry.action)}</Cell>
            <Cell>
              <About entry={entry} />
            </Cell>
            <Cell>
              <span className={styles.details}>{detailWords(entry.details)}</span>
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

/** Who did it, and the way to all else that they did. */
function Who({ entry, search }: { entry: Entry; search: AuditSearch }) {
  const words = whoWords(entry);
  if (entry.actor_id === null) return <span className={`${styles.name} muted`}>{words}</span>;
  return (
    <span className={styles.name}>
      <OptionLink to={paths.audit} search={addressOf(search, { actor: entry.actor_id })} className={styles.link}>
        <span className="visually-hidden">All by </span>
        <bdi>{words}</bdi>
      </OptionLink>
    </span>
  );
}

/** Whom or what it was done to; a tutor who is there can be opened. */
function About({ entry: { subject_kind, subject_name, tutor_id, subject_id } }: { entry: Entry }) {
  if (subject_name === null) {
    return (
      <span className={styles.name}>
        {subjectWords(subject_kind)}
        {subject_id !== null && <span className={styles.id}>{subject_id}</span>}
      </span>
    );
  }
  if (tutor_id === null) return <bdi className={styles.name}>{subject_name}</bdi>;
  return (
    <span className={styles.name}>
      {subject_kind === 'report' && 'A report about '}
      <Link to={paths.tutor} params={{ id: tutor_id }} className={styles.link}>
        <bdi>{subject_name}</bdi>
      </Link>
    </span>
  );
}
