import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, type RouterHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { vi } from 'vitest';
import { createQueryClient } from '../src/api/query-client.ts';
import { createAppRouter } from '../src/routes.tsx';

/** The whole dashboard at an address, as a browser opens it; what the server answers is the test's to say. */
export function openApp(address: string): RouterHistory {
  return openWithClient(address).history;
}

/** As `openApp`, for tests that ask anew when they want to. */
export function openWithClient(address: string): { history: RouterHistory; client: QueryClient } {
  vi.stubGlobal('EventSource', SilentStream);
  const client = createQueryClient(() => {});
  const history = createMemoryHistory({ initialEntries: [address] });
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={createAppRouter(client)} history={history} />
    </QueryClientProvider>,
  );
  return { history, client };
}

/** A stream of changes that tells of none. */
class SilentStream extends EventTarget {
  close(): void {}
}
