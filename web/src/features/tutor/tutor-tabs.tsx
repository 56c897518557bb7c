import { ChoiceGroup, optionClass } from '../../ui/choice.tsx';
import { ReportsTab } from './reports-tab.tsx';
import { ReschedulesTab } from './reschedules-tab.tsx';
import { SessionsTab } from './sessions-tab.tsx';
import styles from './tabs.module.css';
import { TutorLink, type TutorView } from './tutor-link.tsx';
import type { TutorSearch } from './tutor-search.ts';

const TABS = [
  { tab: 'reschedules', words: 'Reschedules' },
  { tab: 'sessions', words: 'Sessions' },
  { tab: 'reports', words: 'Reports' },
] as const satisfies { tab: TutorSearch['tab']; words: string }[];

/** The rows behind the figures; which of them, the address says. */
export function TutorTabs({ view }: { view: TutorView }) {
  const chosen = TABS.find(({ tab }) => tab === view.search.tab) ?? TABS[0];
  return (
    <section className={styles.tabs} aria-label={chosen.words}>
      <div className={styles.choice}>
        <ChoiceGroup label="Details">
          {TABS.map(({ tab, words }) => (
            <TutorLink
              key={tab}
              view={view}
              change={{ tab, page: 1 }}
              isChosen={tab === chosen.tab}
              className={optionClass}
            >
              {words}
            </TutorLink>
          ))}
        </ChoiceGroup>
      </div>
      <h2 className="visually-hidden">{chosen.words}</h2>
      <TabContent view={view} />
    </section>
  );
}

function TabContent({ view }: { view: TutorView }) {
  switch (view.search.tab) {
    case 'reschedules':
      return <ReschedulesTab view={view} />;
    case 'sessions':
      return <SessionsTab view={view} />;
    case 'reports':
      return <ReportsTab view={view} />;
    default:
      return view.search.tab satisfies never;
  }
}
