import { useNavigate } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { choice, WINDOWS } from '../../search.ts';
import { ChoiceGroup, optionClass } from '../../ui/choice.tsx';
import { Select } from '../../ui/select.tsx';
import { FunnelLink } from './funnel-link.tsx';
import styles from './funnel-page.module.css';
import { changed, type FunnelSearch } from './funnel-search.ts';

/** Which tutors, and which window. */
export function FunnelToolbar({ search }: { search: FunnelSearch }) {
  const navigate = useNavigate();
  const show = (value: string) => {
    const is_active = choice(value, ['all', 'true', 'false'], 'true');
    void navigate({ to: paths.funnel, search: changed(search, { is_active }), resetScroll: false });
  };
  return (
    <div className={`${styles.toolbar} no-print`}>
      <Select label="Activity" value={search.is_active} onChange={show}>
        <option value="all">Active or not</option>
        <option value="true">Active</option>
        <option value="false">Inactive</option>
      </Select>
      <ChoiceGroup label="Window">
        {WINDOWS.map((days) => (
          <FunnelLink
            key={days}
            search={search}
            change={{ window_days: days }}
            isChosen={days === search.window_days}
            className={optionClass}
          >
            {days} days
          </FunnelLink>
        ))}
      </ChoiceGroup>
    </div>
  );
}
