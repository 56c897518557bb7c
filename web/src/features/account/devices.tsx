import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OwnSession } from '#contract/access.ts';
import { ownSessionsQuery } from '../../api/queries.ts';
import type { OnWire } from '../../api/wire.ts';
import { SignOutButton } from '../../components/sign-out-button.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Failure, Loading, Skeleton } from '../../ui/states.tsx';
import { formatExact, Time } from '../../ui/time.tsx';
import styles from './account-page.module.css';
import { browserWords } from './browser-words.ts';
import { EndSessions } from './end-sessions.tsx';

/** Where one is signed in, and the way out of one browser, or of every one at once, such as after one was lost. */
export function Devices() {
  const { data, error, refetch } = useQuery(ownSessionsQuery());
  const [ending, setEnding] = useState<Ending>();
  const close = () => setEnding(undefined);
  return (
    <Card title="Devices">
      <div className={styles.form}>
        {data === undefined && error === null && (
          <Loading what="your sessions">
            <Skeleton height={64} />
          </Loading>
        )}
        {data === undefined && error !== null && (
          <Failure title="Your sessions could not be loaded." error={error} retry={() => void refetch()} />
        )}
        <ul className={styles.sessions}>
          {data?.sessions.map((session) => (
            <Session key={session.id} session={session} onEnd={setEnding} />
          ))}
        </ul>
        {(data?.sessions.length ?? 0) > 1 && (
          <>
            <p>Use is noted once a day. Browsers say themselves what they are.</p>
            <Button onClick={() => setEnding({ id: null, name: 'all other sessions' })}>End all others</Button>
          </>
        )}
        <p>Signing out everywhere ends every session of your account, this one too, and asks for no password.</p>
        <SignOutButton path="/api/sign-out-everywhere">Sign out everywhere</SignOutButton>
      </div>
      {ending !== undefined && <EndSessions {...ending} onClose={close} />}
    </Card>
  );
}

type Ending = { id: string | null; name: string };
type SessionProps = { session: OnWire<OwnSession>; onEnd: (ending: Ending) => void };

function Session({ session, onEnd }: SessionProps) {
  const name = browserWords(session.user_agent);
  // Several of one browser are told apart by when they began.
  const which = `the session of ${name}, signed in ${formatExact(new Date(session.begun_at))}`;
  return (
    <li className={styles.session}>
      <span>
        <strong>{name}</strong>
        {session.is_this && ', this one'}
        <br />
        signed in <Time at={session.begun_at} />
        {!session.is_this && (
          <>
            , seen in use <Time at={session.used_at} as="ago" />
          </>
        )}
      </span>
      {!session.is_this && (
        <Button aria-label={`End ${which}`} onClick={() => onEnd({ id: session.id, name: which })}>
          End
        </Button>
      )}
    </li>
  );
}
