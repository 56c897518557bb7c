import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { COLUMNS, readColumns, toggleColumn, writeColumns } from './columns.ts';
import styles from './toolbar.module.css';
import type { TutorsSearch } from './tutors-search.ts';

type ColumnsMenuProps = {
  search: TutorsSearch;
  onChange: (change: Partial<TutorsSearch>, replace: boolean) => void;
};

/** Which columns the table has; the page on screen stays the same. */
export function ColumnsMenu({ search, onChange }: ColumnsMenuProps) {
  const shown = readColumns(search.columns);
  return (
    <Menu
      name="Columns"
      label={
        <>
          <Icon name="columns" /> <span className={styles.words}>Columns</span>
        </>
      }
    >
      <fieldset className={styles.columns}>
        <legend className="visually-hidden">Columns beside the name</legend>
        {COLUMNS.map(({ name, words }) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={shown.includes(name)}
              onChange={() => onChange({ columns: writeColumns(toggleColumn(shown, name)), page: search.page }, true)}
            />
            {words}
          </label>
        ))}
      </fieldset>
    </Menu>
  );
}
