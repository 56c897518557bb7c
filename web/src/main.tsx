import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { paths } from './paths.ts';
import { createAppRouter } from './routes.tsx';
import './ui/tokens.css';
import './ui/base.css';

const client = createQueryClient(() => {
  if (router.state.location.pathname === paths.signIn) return;
  client.clear();
  void router.navigate({ to: paths.signIn, search: { next: router.state.location.href } });
});
const router = createAppRouter(client);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
