import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery } from '../api/queries.ts';
import { paths } from '../paths.ts';
import { Icon } from '../ui/icon.tsx';
import { Time } from '../ui/time.tsx';
import { useNow } from '../ui/use-now.ts';
import styles from './banner.module.css';

/** Says until when a password that somebody else gave opens the door; nothing once its user has chosen one. */
export function FirstPasswordBanner() {
  const { data } = useQuery(meQuery());
  const now = useNow();
  if (data === undefined || data.password_ends_at === null) return null;
  const isOver = new Date(data.password_ends_at) <= now;
  return (
    <p className={`${styles.banner} no-print`}>
      <Icon name="person" />
      <span>
        You still have your first password. It {isOver ? 'opened' : 'opens'} the door until{' '}
        <Time at={data.password_ends_at} />: <Link to={paths.account}>choose your own</Link>
      </span>
    </p>
  );
}
