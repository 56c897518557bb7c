import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { meQuery } from '../api/queries.ts';
import { paths } from '../paths.ts';
import { buttonClass } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import styles from './account-menu.module.css';
import { SignOutButton } from './sign-out-button.tsx';

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const { data } = useQuery(meQuery());
  const user = data?.user;
  if (user == null) return null;
  const label = (
    <>
      <Icon name="person" />
      <bdi className={styles.name}>{user.name}</bdi>
    </>
  );
  return (
    <Menu look="quiet" name={`Account of ${user.name}`} label={label}>
      <div className={styles.list}>
        <div className={styles.who}>
          <div>
            <bdi>{user.name}</bdi>
          </div>
          <div className="muted">
            {user.email} · {user.role}
          </div>
        </div>
        <Link to={paths.account} className={buttonClass('quiet')} onClick={closeMenu}>
          Password and devices
        </Link>
        <a href="/api/docs" className={buttonClass('quiet')}>
          API documentation
        </a>
        {user.role === 'admin' && (
          // A page of the server's own: the router knows nothing of it.
          <a href="/api/queues" className={buttonClass('quiet')}>
            Queues
          </a>
        )}
        <SignOutButton path="/api/sign-out" look="quiet">
          Sign out
        </SignOutButton>
      </div>
    </Menu>
  );
}

/** A link to another page takes the focus along; one to the page that is open would leave the menu in its way. */
function closeMenu({ currentTarget }: MouseEvent): void {
  currentTarget.closest('details')?.removeAttribute('open');
}
