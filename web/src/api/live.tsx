import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { ApiError } from './client.ts';

/**
 * How the view keeps up: `live` hears of each change at once; `polling` asks every half minute, since the stream of
 * events is away; `lost` has no answer at all, and shows what it had.
 */
type Connection = 'live' | 'polling' | 'lost';
type Live = { connection: Connection /** When the server last answered. */; asOf: Date | null };

/** Changes come in bursts; the first is shown at once, the rest of a burst together. */
const BURST_MS = 250;

const LiveContext = createContext<Live>({ connection: 'polling', asOf: null });

export function useLive(): Live {
  return useContext(LiveContext);
}

/** Keeps all that is on screen up to date while its children are shown. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const hasStream = useChangeStream(client);
  const { asOf, isAnswered } = useAnswers(client);
  const connection = isAnswered ? (hasStream ? 'live' : 'polling') : 'lost';
  return <LiveContext value={{ connection, asOf }}>{children}</LiveContext>;
}

/** Whether the stream of changes is open; each change has what is on screen asked for again. */
function useChangeStream(client: QueryClient): boolean {
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const source = new EventSource('/api/events');
    const look = gathered(() => void refresh(client));
    // What happened while the stream was away was told to nobody.
    source.addEventListener('open', () => {
      setIsOpen(true);
      look();
    });
    source.addEventListener('error', () => setIsOpen(false));
    source.addEventListener('change', look);
    return () => {
      look.cancel();
      source.close();
    };
  }, [client]);
  return isOpen;
}

function refresh(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
}

/** When the server last answered, and whether its latest answer was one. */
function useAnswers(client: QueryClient): { asOf: Date | null; isAnswered: boolean } {
  const [answers, setAnswers] = useState<{ asOf: Date | null; isAnswered: boolean }>({ asOf: null, isAnswered: true });
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.query.queryKey[0] === 'me') return;
        if (event.action.type === 'success') setAnswers({ asOf: new Date(), isAnswered: true });
        else if ((event.action.type === 'failed' || event.action.type === 'error') && !isRefusal(event.action.error))
          setAnswers(({ asOf }) => ({ asOf, isAnswered: false }));
      }),
    [client],
  );
  return answers;
}

/** The server answered, though it has not got what was asked for: "there is no such tutor" is no lost connection. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500;
}

/** Runs `action` at once, and again after `BURST_MS` if it was asked for meanwhile. */
function gathered(action: () => void): (() => void) & { cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  const pause = () => {
    timer = setTimeout(() => {
      timer = undefined;
      if (isAsked) run();
    }, BURST_MS);
  };
  const run = () => {
    isAsked = false;
    action();
    pause();
  };
  const ask = () => {
    if (timer === undefined) run();
    else isAsked = true;
  };
  return Object.assign(ask, { cancel: () => clearTimeout(timer) });
}
