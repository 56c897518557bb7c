import { useQuery } from '@tanstack/react-query';
import type { TutorSessions } from '#contract/sessions.ts';
import { sessionsQuery } from '../../api/queries.ts';
import type { OnWire } from '../../api/wire.ts';
import { Empty } from '../../ui/states.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { TabAnswer } from './tab-answer.tsx';
import { PAGE_SIZE, TabPages } from './tab-pages.tsx';
import type { TutorView } from './tutor-link.tsx';

type Session = OnWire<TutorSessions>['sessions'][number];

/** Every session of the tutor, the latest first, a page at a time. */
export function SessionsTab({ view }: { view: TutorView }) {
  const offset = (view.search.page - 1) * PAGE_SIZE;
  const query = useQuery(sessionsQuery(view.id, { limit: PAGE_SIZE, offset }, view.search.as_of));
  return (
    <TabAnswer what="sessions" query={query} isBare={(answer) => answer.sessions.length === 0}>
      {(answer) => <Sessions view={view} sessions={answer.sessions} total={answer.total} />}
    </TabAnswer>
  );
}

export function Sessions({ view, sessions, total }: { view: TutorView; sessions: readonly Session[]; total: number }) {
  if (total === 0) return <Empty title="This tutor has no sessions yet." />;
  return (
    <TabPages view={view} total={total}>
      <Table caption="Sessions, the latest first">
        <TableHead>
          <HeadCell>Scheduled</HeadCell>
          <HeadCell>Student</HeadCell>
          <HeadCell>Status</HeadCell>
          <HeadCell isNumber>Duration</HeadCell>
          <HeadCell>Moved</HeadCell>
        </TableHead>
        <TableBody>
          {sessions.map(({ id, scheduled_time, student_id, status, duration_minutes, reschedule }) => (
            <Row key={id}>
              <Cell isLead isWhole>
                <Time at={scheduled_time} />
              </Cell>
              <Cell label="Student">{student_id}</Cell>
              <Cell isWhole label="Status">
                {STATUS_WORDS[status]}
              </Cell>
              <Cell isNumber label="Duration">
                {duration_minutes === null ? '–' : `${duration_minutes} min`}
              </Cell>
              <Cell label="Moved">
                <Move reschedule={reschedule} />
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </TabPages>
  );
}

const STATUS_WORDS: Record<Session['status'], string> = {
  completed: 'Completed',
  rescheduled: 'Rescheduled',
  no_show: 'No-show',
};

function Move({ reschedule }: { reschedule: Session['reschedule'] }) {
  if (reschedule === null) return <span className="muted">not moved</span>;
  if (reschedule.new_time === null) return `cancelled by ${reschedule.initiator}`;
  return (
    <span>
      by {reschedule.initiator} to <Time at={reschedule.new_time} />
    </span>
  );
}
