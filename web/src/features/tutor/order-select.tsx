import { useNavigate } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { withoutDefaults } from '../../search.ts';
import { Select } from '../../ui/select.tsx';
import styles from './tabs.module.css';
import type { TutorView } from './tutor-link.tsx';
import { TUTOR_DEFAULTS, type TutorSearch } from './tutor-search.ts';

type Order = Pick<TutorSearch, 'sort_by' | 'sort_order'>;

const ORDERS = [
  { sort_by: 'original_time', sort_order: 'desc', words: 'Original time, latest first' },
  { sort_by: 'original_time', sort_order: 'asc', words: 'Original time, earliest first' },
  { sort_by: 'hours_before_session', sort_order: 'desc', words: 'Notice, longest first' },
  { sort_by: 'hours_before_session', sort_order: 'asc', words: 'Notice, shortest first' },
] as const satisfies readonly (Order & { words: string })[];

/** A phone has no heads of columns to sort by. */
export function OrderSelect({ view: { id, search } }: { view: TutorView }) {
  const navigate = useNavigate();
  const show = (value: string) => {
    const order = ORDERS.find((each) => keyOf(each) === value);
    if (order === undefined) return;
    const { sort_by, sort_order } = order;
    void navigate({
      to: paths.tutor,
      params: { id },
      search: withoutDefaults<TutorSearch>({ ...search, sort_by, sort_order, page: 1 }, TUTOR_DEFAULTS),
      resetScroll: false,
    });
  };
  return (
    <Select label="Order" className={styles.order} value={keyOf(search)} onChange={show}>
      {ORDERS.map((order) => (
        <option key={keyOf(order)} value={keyOf(order)}>
          {order.words}
        </option>
      ))}
    </Select>
  );
}

function keyOf({ sort_by, sort_order }: Order): string {
  return `${sort_by} ${sort_order}`;
}
