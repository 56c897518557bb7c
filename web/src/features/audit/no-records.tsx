import { OptionLink } from '../../components/option-link.tsx';
import { paths } from '../../paths.ts';
import { Empty } from '../../ui/states.tsx';
import { type AuditSearch, addressOf, hasFilters } from './audit-search.ts';

/** Why there is no record to show, and what would show one. */
export function NoRecords({ search, total }: { search: AuditSearch; total: number }) {
  if (total > 0) {
    return (
      <Empty title="The log ends before this page.">
        <OptionLink to={paths.audit} search={addressOf(search, { page: 1 })}>
          Show the first page
        </OptionLink>
      </Empty>
    );
  }
  if (!hasFilters(search)) return <Empty title="Nothing has been noted yet." />;
  return (
    <Empty title="Nothing like this has been noted.">
      <OptionLink to={paths.audit} search={{}}>
        Show all records
      </OptionLink>
    </Empty>
  );
}
