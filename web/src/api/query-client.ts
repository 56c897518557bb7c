import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';

/** Without news from the server every view asks again by itself. */
const POLL_MS = 30_000;
const TRIES = 2;

/** @param onSignedOut is called when the server no longer knows who asks */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof ApiError && error.status === 401) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        refetchInterval: POLL_MS,
        refetchOnWindowFocus: true,
        // Asked at once when the view opens, whatever is kept from before.
        staleTime: 0,
        // An answer of "offline" would leave a view waiting without a word; our own server may be on this machine.
        networkMode: 'always',
        retry: (failures, error) => error instanceof ApiError && error.isPassing && failures < TRIES,
        retryDelay: 500,
      },
      mutations: { networkMode: 'always' },
    },
  });
}
