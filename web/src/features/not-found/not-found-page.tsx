import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery } from '../../api/queries.ts';
import { Frame } from '../../components/frame.tsx';
import { paths } from '../../paths.ts';
import { useTitle } from '../../ui/use-title.ts';
import styles from './not-found-page.module.css';

/** An address that leads nowhere: said plainly, with the ways on. Who is signed in keeps the frame around it. */
export function NotFoundPage() {
  useTitle('Not found');
  const me = useQuery(meQuery());
  if (me.isPending) return null;
  if (me.data?.user != null) {
    return (
      <Frame>
        <NotFound isSignedIn />
      </Frame>
    );
  }
  return (
    <main className={styles.alone}>
      <NotFound isSignedIn={false} />
    </main>
  );
}

function NotFound({ isSignedIn }: { isSignedIn: boolean }) {
  return (
    <div className={styles.page}>
      <h1>There is no such page.</h1>
      <p>The address may be mistyped, or what it pointed to is gone.</p>
      <ul className={styles.ways}>
        {(isSignedIn ? SIGNED_IN : SIGNED_OUT).map(({ to, words }) => (
          <li key={to}>
            <Link to={to}>{words}</Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

const SIGNED_IN = [
  { to: paths.overview, words: 'Overview' },
  { to: paths.tutors, words: 'Tutors' },
  { to: paths.reports, words: 'Reports' },
] as const;

const SIGNED_OUT = [{ to: paths.signIn, words: 'Sign in' }] as const;
