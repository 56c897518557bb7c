import { useSignOut } from '../../components/use-sign-out.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import styles from './account-page.module.css';

/** The way out of every browser at once, such as after one was lost. */
export function Devices() {
  const signOut = useSignOut('/api/sign-out-everywhere');
  return (
    <Card title="Devices">
      <div className={styles.form}>
        <p>
          Ends every session of your account, here and in all other browsers. Each of them asks for the password anew.
        </p>
        <Button aria-disabled={signOut.isPending} onClick={() => signOut.isPending || signOut.mutate()}>
          {signOut.isPending ? 'Signing out …' : 'Sign out everywhere'}
        </Button>
        {signOut.error !== null && (
          <p role="alert" className={styles.error}>
            {signOut.error.message}
          </p>
        )}
      </div>
    </Card>
  );
}
