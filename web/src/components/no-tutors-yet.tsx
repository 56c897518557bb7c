import { useState } from 'react';
import { CopyLine } from '../ui/copy-line.tsx';
import { Empty } from '../ui/states.tsx';

/** A new installation: tutors come with their sessions, so here is how to send the first. */
export function NoTutorsYet() {
  const [command] = useState(() => curlLine(window.location.origin, new Date()));
  return (
    <Empty title="There are no tutors yet.">
      <p>A tutor appears with the first session that is sent. Send one:</p>
      <CopyLine command={command} name="request" />
      <p>Or read sessions from a file, on the server:</p>
      <CopyLine command="npm run import -- sessions.csv" name="command" />
    </Empty>
  );
}

const HOUR_MS = 60 * 60 * 1000;

/** A session of this day, since what is older than 90 days counts in no rate. */
function curlLine(origin: string, now: Date): string {
  const start = new Date(Math.floor(now.getTime() / HOUR_MS - 2) * HOUR_MS);
  const session = {
    session_id: '7d444840-9dc0-11d1-b245-5ffdce74fad2',
    tutor_id: '0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3a',
    student_id: 's-1',
    scheduled_time: start.toISOString(),
    status: 'rescheduled',
    reschedule_info: { initiator: 'tutor', reason: 'Personal emergency', new_time: null },
    tutor: { name: 'Maria Lopez' },
  };
  const headers = `-H 'content-type: application/json' -H "x-api-key: $API_KEY"`;
  return `curl -X POST ${origin}/api/sessions ${headers} -d '${JSON.stringify(session)}'`;
}
