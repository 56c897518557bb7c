import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { LiveProvider } from '../api/live.tsx';
import { meQuery } from '../api/queries.ts';
import { paths } from '../paths.ts';
import { AccountMenu } from './account-menu.tsx';
import { FirstPasswordBanner } from './first-password-banner.tsx';
import styles from './frame.module.css';
import { Freshness } from './freshness.tsx';
import { PastBanner } from './past-banner.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** What every page of a signed-in user stands in: where one is, how old the figures are, who one is. */
export function Frame({ children = <Outlet /> }: { children?: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  useFocusOnNewPage(main);
  useSameUser();
  return (
    <LiveProvider>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <header className={`${styles.bar} no-print`}>
        <Link to={paths.overview} className={styles.brand} aria-label="Tutor Quality, overview">
          <img src="/favicon.svg" width={20} height={20} alt="" />
          <span>Tutor Quality</span>
        </Link>
        <nav className={styles.pages} aria-label="Pages">
          <Link to={paths.overview} className={styles.page} activeOptions={{ exact: true, includeSearch: false }}>
            Overview
          </Link>
          <Link to={paths.tutors} className={styles.page} activeOptions={{ includeSearch: false }}>
            Tutors
          </Link>
          <Link to={paths.funnel} className={styles.page} activeOptions={{ includeSearch: false }}>
            Funnel
          </Link>
          <Link to={paths.threshold} className={styles.page} activeOptions={{ includeSearch: false }}>
            Threshold
          </Link>
          <Link to={paths.reports} className={styles.page} activeOptions={{ includeSearch: false }}>
            Reports
          </Link>
          <AuditLink />
        </nav>
        <div className={styles.end}>
          <Freshness />
          <ThemeSwitch />
          <AccountMenu />
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <FirstPasswordBanner />
        <PastBanner />
        {children}
      </main>
      <Zones />
    </LiveProvider>
  );
}

/** Who may not read the log is not led to it. */
function AuditLink() {
  const { data } = useQuery(meQuery());
  if (data?.user?.role !== 'admin') return null;
  return (
    <Link to={paths.audit} className={styles.page} activeOptions={{ includeSearch: false }}>
      Audit
    </Link>
  );
}

/** In whose time the times are: those of the one who looks, but for days and weeks, which are the business's. */
function Zones() {
  const { data } = useQuery(meQuery());
  if (data === undefined) return null;
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <footer className={styles.foot}>
      Times are in {own}; days and weeks are those of {data.business_timezone}.
    </footer>
  );
}

/** Whoever signs out, or signs in as somebody else, in another tab is not to see here what the first one saw. */
function useSameUser(): void {
  const { data } = useQuery(meQuery());
  const id = data?.user?.id;
  const first = useRef(id);
  useEffect(() => {
    if (data === undefined || id === first.current) return;
    if (first.current === undefined) first.current = id;
    else window.location.reload();
  }, [data, id]);
}

/** A new page is a new place: the keyboard and the screen reader start at its beginning. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>): void {
  const { pathname } = useLocation();
  const seen = useRef(pathname);
  useEffect(() => {
    if (seen.current === pathname) return;
    seen.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname, main]);
}
