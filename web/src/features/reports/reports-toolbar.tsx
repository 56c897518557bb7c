import { useQuery } from '@tanstack/react-query';
import { formatNumber } from '#contract/format.ts';
import type { ReportList } from '#contract/reports.ts';
import { tutorQuery } from '../../api/queries.ts';
import { OnlyChip } from '../../components/only-chip.tsx';
import { OptionLink } from '../../components/option-link.tsx';
import { paths } from '../../paths.ts';
import { ChoiceGroup, OptionWords, optionClass } from '../../ui/choice.tsx';
import { addressOf, type ReportsSearch } from './reports-search.ts';
import styles from './reports-toolbar.module.css';

type Counts = ReportList['counts'];
type ReportsToolbarProps = { search: ReportsSearch; counts: Counts | undefined };

const STATES = [
  { status: 'all', words: 'All' },
  { status: 'pending', words: 'Pending' },
  { status: 'sending', words: 'Sending' },
  { status: 'sent', words: 'Sent' },
  { status: 'failed', words: 'Failed' },
] as const;

/** Which reports are shown: in which state, and of whom. */
export function ReportsToolbar({ search, counts }: ReportsToolbarProps) {
  return (
    <div className={`${styles.bar} no-print`}>
      <ChoiceGroup label="State of the reports">
        {STATES.map(({ status, words }) => (
          <OptionLink
            key={status}
            to={paths.reports}
            search={addressOf(search, { status, page: 1 })}
            className={optionClass}
            isChosen={status === search.status}
          >
            <OptionWords count={counts && formatNumber(countWith(status, counts))}>{words}</OptionWords>
          </OptionLink>
        ))}
      </ChoiceGroup>
      {search.tutor_id !== undefined && <TutorChip id={search.tutor_id} search={search} />}
    </div>
  );
}

function countWith(status: ReportsSearch['status'], counts: Counts): number {
  return status === 'all' ? counts.pending + counts.sending + counts.sent + counts.failed : counts[status];
}

/** Whose reports are shown, and the way back to everybody's. */
function TutorChip({ id, search }: { id: string; search: ReportsSearch }) {
  const { data } = useQuery(tutorQuery(id));
  return (
    <OnlyChip
      to={paths.reports}
      search={addressOf(search, { tutor_id: undefined, page: 1 })}
      words={data?.name ?? 'one tutor'}
      all="the reports of all tutors"
    />
  );
}
