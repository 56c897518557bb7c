import { SignOutButton } from '../../components/sign-out-button.tsx';
import { Card } from '../../ui/card.tsx';
import styles from './account-page.module.css';

/** The way out of every browser at once, such as after one was lost. */
export function Devices() {
  return (
    <Card title="Devices">
      <div className={styles.form}>
        <p>
          Ends every session of your account, here and in all other browsers. Each of them asks for the password anew.
        </p>
        <SignOutButton path="/api/sign-out-everywhere">Sign out everywhere</SignOutButton>
      </div>
    </Card>
  );
}
