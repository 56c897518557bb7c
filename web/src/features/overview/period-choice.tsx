import { Link } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { WINDOWS, type WindowDays, withoutDefaults } from '../../search.ts';
import { ChoiceGroup, optionClass } from '../../ui/choice.tsx';
import { OVERVIEW_DEFAULTS } from './overview-search.ts';

/** How many days the figures of the page look back. */
export function PeriodChoice({ chosen }: { chosen: WindowDays }) {
  return (
    <ChoiceGroup label="Period">
      {WINDOWS.map((days) => (
        <Link
          key={days}
          to={paths.overview}
          search={withoutDefaults({ window_days: days }, OVERVIEW_DEFAULTS)}
          resetScroll={false}
          activeOptions={{ exact: true }}
          aria-current={days === chosen ? 'true' : undefined}
          className={optionClass}
        >
          {days} days
        </Link>
      ))}
    </ChoiceGroup>
  );
}
