import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useAsOf } from '../as-of.ts';
import { watchChanges } from './change-stream.ts';
import { ApiError } from './client.ts';
import { gather } from './gather.ts';

/**
 * How the view keeps up: `live` hears of each change at once; `polling` asks every half minute, since the stream of
 * events is away; `lost` has no answer at all, and shows what it had.
 */
type Connection = 'live' | 'polling' | 'lost';
type Live = {
  connection: Connection;
  /** When the server last answered. */
  asOf: Date | null;
};

const LiveContext = createContext<Live>({ connection: 'polling', asOf: null });

export function useLive(): Live {
  return useContext(LiveContext);
}

/** Keeps all that is on screen up to date while its children are shown; a past day does not change. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const hasStream = useChangeStream(client, useAsOf() === undefined);
  const { asOf, isAnswered } = useAnswers(client);
  const connection = isAnswered ? (hasStream ? 'live' : 'polling') : 'lost';
  return <LiveContext value={{ connection, asOf }}>{children}</LiveContext>;
}

/** Whether the stream of changes is open, if it is wanted; each change has what is on screen asked for again. */
function useChangeStream(client: QueryClient, isWanted: boolean): boolean {
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    if (!isWanted) return undefined;
    const look = gather(() => refresh(client));
    return watchChanges((word) => {
      if (word !== 'change') setIsOpen(word === 'open');
      // What happened while the stream was away was told to nobody; and whether the server went with it, a look tells.
      look();
    });
  }, [client, isWanted]);
  return isOpen;
}

/** What no change is looked for in: who one is, and pictures of everybody, to which one session makes no difference. */
const SELDOM: readonly unknown[] = ['me', 'funnel'];

function refresh(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: ({ queryKey }) => !SELDOM.includes(queryKey[0]) });
}

/** When the server last answered, and whether its latest answer was one. */
function useAnswers(client: QueryClient): { asOf: Date | null; isAnswered: boolean } {
  const [answers, setAnswers] = useState<{ asOf: Date | null; isAnswered: boolean }>({ asOf: null, isAnswered: true });
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.query.queryKey[0] === 'me') return;
        if (event.action.type === 'success') setAnswers({ asOf: new Date(), isAnswered: true });
        else if (isAway(event.action)) setAnswers(({ asOf }) => ({ asOf, isAnswered: false }));
      }),
    [client],
  );
  return answers;
}

/**
 * Nothing answers: said at once where the line is dead, and of a proxy that finds no server after the last try. A server
 * that answers with an error is there.
 */
function isAway(action: { type: string; error?: unknown }): boolean {
  if (!(action.error instanceof ApiError)) return false;
  if (action.error.status === 0) return action.type === 'failed' || action.type === 'error';
  return action.type === 'error' && [502, 503, 504].includes(action.error.status);
}
