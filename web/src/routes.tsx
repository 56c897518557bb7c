import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { meQuery } from './api/queries.ts';
import { Frame } from './components/frame.tsx';
import { AppFailure, PageFailure } from './components/page-failure.tsx';
import { AUDIT_DEFAULTS, readAuditSearch } from './features/audit/audit-search.ts';
import { FUNNEL_DEFAULTS, readFunnelSearch } from './features/funnel/funnel-search.ts';
import { NotFoundPage } from './features/not-found/not-found-page.tsx';
import { OVERVIEW_DEFAULTS, readOverviewSearch } from './features/overview/overview-search.ts';
import { REPORTS_DEFAULTS, readReportsSearch } from './features/reports/reports-search.ts';
import { readThresholdSearch, THRESHOLD_DEFAULTS } from './features/threshold/threshold-search.ts';
import { readTutorSearch, TUTOR_DEFAULTS } from './features/tutor/tutor-search.ts';
import { readTutorsSearch, TUTORS_DEFAULTS } from './features/tutors/tutors-search.ts';
import { paths } from './paths.ts';
import { calendarDay, type RawSearch, readSearch, withoutDefaults, words, writeSearch } from './search.ts';

/** Every page: its address, what it reads from it, and the file that is loaded when it is opened. */

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  notFoundComponent: NotFoundPage,
  errorComponent: AppFailure,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: paths.signIn,
  validateSearch: ({ next }: RawSearch): { next?: string | undefined } => ({ next: words(next) }),
  component: lazyRouteComponent(() => import('./features/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

/** All that only a signed-in user sees, in the frame that it shares. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  validateSearch: ({ as_of }: RawSearch): { as_of?: string | undefined } => ({ as_of: calendarDay(as_of) }),
  // Whoever looks at a past day goes on doing so on the next page.
  search: { middlewares: [retainSearchParams(['as_of'])] },
  beforeLoad: async ({ context, location }) => {
    const { user } = await context.client.ensureQueryData(meQuery());
    if (user === null) {
      context.client.removeQueries(meQuery());
      throw redirect({ to: paths.signIn, search: { next: location.href } });
    }
  },
  component: Frame,
  errorComponent: AppFailure,
});

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: paths.overview,
  validateSearch: reading(readOverviewSearch, OVERVIEW_DEFAULTS),
  component: lazyRouteComponent(() => import('./features/overview/overview-page.tsx'), 'OverviewPage'),
});

const tutors = createRoute({
  getParentRoute: () => signedIn,
  path: paths.tutors,
  validateSearch: reading(readTutorsSearch, TUTORS_DEFAULTS),
  component: lazyRouteComponent(() => import('./features/tutors/tutors-page.tsx'), 'TutorsPage'),
});

const tutor = createRoute({
  getParentRoute: () => signedIn,
  path: paths.tutor,
  validateSearch: reading(readTutorSearch, TUTOR_DEFAULTS),
  component: lazyRouteComponent(() => import('./features/tutor/tutor-page.tsx'), 'TutorPage'),
});

const reports = createRoute({
  getParentRoute: () => signedIn,
  path: paths.reports,
  validateSearch: reading(readReportsSearch, REPORTS_DEFAULTS),
  component: lazyRouteComponent(() => import('./features/reports/reports-page.tsx'), 'ReportsPage'),
});

const funnel = createRoute({
  getParentRoute: () => signedIn,
  path: paths.funnel,
  validateSearch: reading(readFunnelSearch, FUNNEL_DEFAULTS),
  component: lazyRouteComponent(() => import('./features/funnel/funnel-page.tsx'), 'FunnelPage'),
});

const threshold = createRoute({
  getParentRoute: () => signedIn,
  path: paths.threshold,
  validateSearch: reading(readThresholdSearch, THRESHOLD_DEFAULTS),
  component: lazyRouteComponent(() => import('./features/threshold/threshold-page.tsx'), 'ThresholdPage'),
});

const account = createRoute({
  getParentRoute: () => signedIn,
  path: paths.account,
  component: lazyRouteComponent(() => import('./features/account/account-page.tsx'), 'AccountPage'),
});

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: paths.audit,
  validateSearch: reading(readAuditSearch, AUDIT_DEFAULTS),
  component: lazyRouteComponent(() => import('./features/audit/audit-page.tsx'), 'AuditPage'),
});

const routeTree = root.addChildren([
  signIn,
  signedIn.addChildren([overview, tutors, tutor, reports, funnel, threshold, account, audit]),
]);

export function createAppRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: PageFailure,
    defaultNotFoundComponent: NotFoundPage,
  });
}

/** Only what is not as usual stands in an address: it is short, and the same view has one address. */
function reading<Search extends object>(read: (raw: RawSearch) => Search, defaults: Partial<Search>) {
  return (raw: RawSearch): Partial<Search> => withoutDefaults(read(raw), defaults);
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
