import { choice } from '../../search.ts';
import { Select } from '../../ui/select.tsx';
import { isSortable, SORT_KEYS, sortedBy } from './sorting.ts';
import styles from './toolbar.module.css';
import type { TutorsSearch } from './tutors-search.ts';

type SelectProps = {
  search: TutorsSearch;
  onChange: (change: Partial<TutorsSearch>, replace: boolean) => void;
};

export function ActiveSelect({ search, onChange }: SelectProps) {
  return (
    <Select
      label="Activity"
      className={styles.filter}
      value={search.is_active}
      onChange={(value) => onChange({ is_active: choice(value, ['all', 'true', 'false'], 'all') }, false)}
    >
      <option value="all">Active or not</option>
      <option value="true">Active</option>
      <option value="false">Inactive</option>
    </Select>
  );
}

/** The literal rule: any window above the threshold, on however few sessions. */
export function RuleSelect({ search, onChange }: SelectProps) {
  return (
    <Select
      label="By the rule"
      className={styles.filter}
      value={search.risk_status}
      onChange={(value) => onChange({ risk_status: choice(value, ['all', 'high_risk', 'low_risk'], 'all') }, false)}
    >
      <option value="all">Rule: all</option>
      <option value="high_risk">Rule: high risk</option>
      <option value="low_risk">Rule: low risk</option>
    </Select>
  );
}

/** A phone has no heads of columns to sort by. */
export function SortSelect({ search, onChange }: SelectProps) {
  return (
    <Select
      label="Order"
      className={styles.sort}
      value={`${search.sort_by} ${search.sort_order}`}
      onChange={(value) => {
        const [key = '', order] = value.split(' ');
        if (isSortable(key)) onChange({ sort_by: key, sort_order: choice(order, ['asc', 'desc'], 'desc') }, false);
      }}
    >
      {SORT_KEYS.map(({ key, words }) =>
        (['desc', 'asc'] as const).map((order) => (
          <option key={`${key} ${order}`} value={`${key} ${order}`}>
            {`${words}, ${sortedBy(key, order)}`}
          </option>
        )),
      )}
    </Select>
  );
}
