import { OptionLink } from '../../components/option-link.tsx';
import { paths } from '../../paths.ts';
import { WINDOWS, type WindowDays, withoutDefaults } from '../../search.ts';
import { ChoiceGroup, optionClass } from '../../ui/choice.tsx';
import { OVERVIEW_DEFAULTS } from './overview-search.ts';

/** How many days the figures of the page look back. */
export function PeriodChoice({ chosen }: { chosen: WindowDays }) {
  return (
    <ChoiceGroup label="Period">
      {WINDOWS.map((days) => (
        <OptionLink
          key={days}
          to={paths.overview}
          search={withoutDefaults({ window_days: days }, OVERVIEW_DEFAULTS)}
          resetScroll={false}
          isChosen={days === chosen}
          className={optionClass}
        >
          {days} days
        </OptionLink>
      ))}
    </ChoiceGroup>
  );
}
