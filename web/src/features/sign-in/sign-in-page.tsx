import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { meQuery } from '../../api/queries.ts';
import { ThemeSwitch } from '../../components/theme-switch.tsx';
import { pathAfterSignIn } from '../../paths.ts';
import { useTitle } from '../../ui/use-title.ts';
import { SignInForm } from './sign-in-form.tsx';
import styles from './sign-in-page.module.css';

/** The way in; who is signed in already goes on at once, to the page that was asked for. */
export function SignInPage() {
  useTitle('Sign in');
  const { next } = useSearch({ from: '/sign-in' });
  // Asked anew when the window is come back to: one may have signed in beside it.
  const { data, refetch } = useQuery({ ...meQuery(), staleTime: 0 });
  const navigate = useNavigate();
  const isSignedIn = data?.user != null;
  useEffect(() => {
    if (isSignedIn) void navigate({ href: pathAfterSignIn(next), replace: true });
  }, [isSignedIn, next, navigate]);
  const goOn = async () => {
    const answer = await refetch({ throwOnError: true });
    if (answer.data?.user == null) throw new Error('The browser did not keep the session: it seems to refuse cookies.');
  };
  return (
    <div className={styles.page}>
      <div className={styles.theme}>
        <ThemeSwitch />
      </div>
      <main className={styles.card}>
        <div className={styles.brand}>
          <img src="/favicon.svg" width={24} height={24} alt="" />
          <span>Tutor Quality</span>
        </div>
        <h1>Sign in</h1>
        <SignInForm onSignedIn={goOn} />
        <details className={styles.help}>
          <summary>Forgotten, or first time here?</summary>
          <p>
            The first password was shown when the server first started. Until it is changed, it also stands in the file{' '}
            <code>admin-password</code> in the server’s data folder (<code>DATA_DIR</code>).
          </p>
          <p>
            Whoever runs the server can make a new one: <code>npm run user -- reset EMAIL</code>
          </p>
        </details>
      </main>
    </div>
  );
}
