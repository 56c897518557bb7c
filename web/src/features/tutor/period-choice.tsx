import { ChoiceGroup, optionClass } from '../../ui/choice.tsx';
import styles from './period-choice.module.css';
import { TutorLink, type TutorView } from './tutor-link.tsx';
import { PERIODS } from './tutor-search.ts';

/** How far back the pictures and the reschedules look; in shorter words on a phone, but not for who hears them. */
export function PeriodChoice({ view }: { view: TutorView }) {
  return (
    <ChoiceGroup label="Period">
      {PERIODS.map((days) => (
        <TutorLink
          key={days}
          view={view}
          change={{ days, page: 1 }}
          isChosen={days === view.search.days}
          className={optionClass}
        >
          <span className={styles.short} aria-hidden="true">
            {days} d
          </span>
          <span className={styles.long}>{days} days</span>
        </TutorLink>
      ))}
    </ChoiceGroup>
  );
}
