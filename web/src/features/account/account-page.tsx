import { useQuery } from '@tanstack/react-query';
import type { User } from '#contract/access.ts';
import { meQuery } from '../../api/queries.ts';
import { Card } from '../../ui/card.tsx';
import { useTitle } from '../../ui/use-title.ts';
import styles from './account-page.module.css';
import { Devices } from './devices.tsx';
import { PasswordForm } from './password-form.tsx';
import { ROLE_WORDS } from './role-words.ts';

/** Who one is here, what one may do, and how to keep it so. */
export function AccountPage() {
  useTitle('Account');
  const { data } = useQuery(meQuery());
  const user = data?.user;
  return (
    <div className={styles.page}>
      <h1>Account</h1>
      {user != null && (
        <>
          <Who user={user} />
          <PasswordForm email={user.email} />
          <Devices />
        </>
      )}
    </div>
  );
}

function Who({ user }: { user: User }) {
  return (
    <Card title="You">
      <dl className={styles.facts}>
        <dt>Name</dt>
        <dd>
          <bdi>{user.name}</bdi>
        </dd>
        <dt>Email</dt>
        <dd>{user.email}</dd>
        <dt>Role</dt>
        <dd>
          <strong className={styles.role}>{user.role}</strong>: {ROLE_WORDS[user.role]}
        </dd>
      </dl>
    </Card>
  );
}
