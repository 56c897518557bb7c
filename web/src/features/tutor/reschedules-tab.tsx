import { useQuery } from '@tanstack/react-query';
import { formatNotice, formatNumber } from '#contract/format.ts';
import { historyQuery } from '../../api/queries.ts';
import { ChoiceGroup, OptionWords, optionClass } from '../../ui/choice.tsx';
import { Empty } from '../../ui/states.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { OrderSelect } from './order-select.tsx';
import { countByInitiator, type Reschedule, selectReschedules } from './select-reschedules.ts';
import { SortHead } from './sort-head.tsx';
import { TabAnswer } from './tab-answer.tsx';
import { PAGE_SIZE, TabPages } from './tab-pages.tsx';
import styles from './tabs.module.css';
import { TutorLink, type TutorView } from './tutor-link.tsx';
import { usePickedRow } from './use-picked-row.ts';

/** As many as the API gives at once. */
const MOST = 500;

/** Who moved what in the period, how long before, and why. */
export function ReschedulesTab({ view }: { view: TutorView }) {
  const query = useQuery(historyQuery(view.id, view.search.days, view.search.as_of));
  return (
    <TabAnswer
      what="reschedules"
      query={query}
      isBare={({ reschedules }) => selectReschedules(reschedules, view.search).length === 0}
    >
      {({ reschedules }) => <Reschedules view={view} reschedules={reschedules} />}
    </TabAnswer>
  );
}

export function Reschedules({ view, reschedules }: { view: TutorView; reschedules: readonly Reschedule[] }) {
  const shown = selectReschedules(reschedules, view.search);
  const page = pageOf(shown, view.search);
  const onPage = shown.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  if (reschedules.length === 0) {
    return (
      <Empty title={`No session was moved in the last ${view.search.days} days.`}>
        {view.search.days !== 365 && (
          <TutorLink view={view} change={{ days: 365, page: 1 }} className={styles.action}>
            Look at 365 days
          </TutorLink>
        )}
      </Empty>
    );
  }
  return (
    <>
      <div className={styles.bar}>
        <InitiatorChoice view={view} reschedules={reschedules} />
        <OrderSelect view={view} />
      </div>
      {reschedules.length >= MOST && (
        <p className={styles.note}>
          These are the latest {formatNumber(MOST)} of the period. Choose a shorter period to see all of it.
        </p>
      )}
      {shown.length === 0 ? (
        <Empty title={`None was moved by the ${view.search.initiator} in the last ${view.search.days} days.`} />
      ) : (
        <TabPages view={{ ...view, search: { ...view.search, page } }} total={shown.length}>
          <div className={styles.moves}>
            <RescheduleTable view={view} reschedules={onPage} />
          </div>
        </TabPages>
      )}
    </>
  );
}

/** The page that the address names, or the one with the session that it picks out. */
function pageOf(shown: readonly Reschedule[], { page, session }: TutorView['search']): number {
  const place = shown.findIndex(({ session_id }) => session_id === session);
  return place === -1 ? page : Math.floor(place / PAGE_SIZE) + 1;
}

const INITIATORS = { all: 'All', tutor: 'Tutor', student: 'Student' } as const;

function InitiatorChoice({ view, reschedules }: { view: TutorView; reschedules: readonly Reschedule[] }) {
  const counts = countByInitiator(reschedules);
  return (
    <ChoiceGroup label="Moved by">
      {(['all', 'tutor', 'student'] as const).map((initiator) => (
        <TutorLink
          key={initiator}
          view={view}
          change={{ initiator, page: 1 }}
          isChosen={initiator === view.search.initiator}
          className={optionClass}
        >
          <OptionWords count={formatNumber(counts[initiator])}>{INITIATORS[initiator]}</OptionWords>
        </TutorLink>
      ))}
    </ChoiceGroup>
  );
}

function RescheduleTable({ view, reschedules }: { view: TutorView; reschedules: readonly Reschedule[] }) {
  const picked = usePickedRow(reschedules.find(({ session_id }) => session_id === view.search.session)?.session_id);
  return (
    <Table caption={`Reschedules of the last ${view.search.days} days`}>
      <TableHead>
        <SortHead view={view} by="original_time">
          Original time
        </SortHead>
        <HeadCell>New time</HeadCell>
        <HeadCell>Moved by</HeadCell>
        <SortHead view={view} by="hours_before_session">
          Notice
        </SortHead>
        <HeadCell>Reason</HeadCell>
      </TableHead>
      <TableBody>
        {reschedules.map(({ id, session_id, original_time, new_time, initiator, hours_before_session, reason }) => (
          <Row key={id} {...(session_id === view.search.session && { ref: picked, tabIndex: -1, isSelected: true })}>
            <Cell isLead isWhole>
              <Time at={original_time} />
            </Cell>
            <Cell isWhole label="New time">
              {new_time === null ? 'cancelled' : <Time at={new_time} />}
            </Cell>
            <Cell isWhole label="Moved by">
              {initiator}
            </Cell>
            <Cell isWhole={hours_before_session === null} label={hours_before_session === null ? 'Notice' : undefined}>
              {hours_before_session === null ? (
                <span className="muted">unknown</span>
              ) : (
                formatNotice(hours_before_session)
              )}
            </Cell>
            <Cell label="Reason">{reason ?? <span className="muted">none given</span>}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
