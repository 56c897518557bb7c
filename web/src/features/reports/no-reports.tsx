import type { ReportList } from '#contract/reports.ts';
import { OptionLink } from '../../components/option-link.tsx';
import { paths } from '../../paths.ts';
import { Empty } from '../../ui/states.tsx';
import { addressOf, type ReportsSearch } from './reports-search.ts';

type NoReportsProps = { search: ReportsSearch; total: number; counts: ReportList['counts'] };

/** Why there is no report to show, and what would show one. */
export function NoReports({ search, total, counts }: NoReportsProps) {
  if (total > 0) {
    return (
      <Empty title="The list ends before this page.">
        <OptionLink to={paths.reports} search={addressOf(search, { page: 1 })}>
          Show the first page
        </OptionLink>
      </Empty>
    );
  }
  const isNoneInAnyState = counts.pending + counts.sending + counts.sent + counts.failed === 0;
  if (!isNoneInAnyState) {
    return (
      <Empty title={`No report is ${search.status} now.`}>
        <OptionLink to={paths.reports} search={addressOf(search, { status: 'all', page: 1 })}>
          Show reports in all states
        </OptionLink>
      </Empty>
    );
  }
  return (
    <Empty title={search.tutor_id === undefined ? 'No reports yet.' : 'No reports about this tutor yet.'}>
      <p>A report is made for each session received within 48 hours of its end.</p>
      {search.tutor_id !== undefined && (
        <OptionLink to={paths.reports} search={addressOf(search, { tutor_id: undefined, status: 'all', page: 1 })}>
          Show the reports of all tutors
        </OptionLink>
      )}
    </Empty>
  );
}
