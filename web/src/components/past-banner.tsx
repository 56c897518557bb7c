import { useMatches } from '@tanstack/react-router';
import { useAsOf } from '../as-of.ts';
import { paths } from '../paths.ts';
import { Icon } from '../ui/icon.tsx';
import { formatCalendarDay } from '../ui/time.tsx';
import styles from './banner.module.css';
import { NowLink } from './now-link.tsx';

/** The pages that can be seen as of a past day. */
const WITH_A_PAST: readonly string[] = [paths.overview, paths.tutors, paths.tutor, paths.funnel];

/** Says that what is on screen is not how things are; nothing while it is. */
export function PastBanner() {
  const asOf = useAsOf();
  const page = useMatches({ select: (matches) => matches.at(-1)?.fullPath ?? '' });
  return (
    <div role="status">
      {asOf !== undefined && (
        <p className={styles.banner}>
          <Icon name="calendar" />
          <span>
            {WITH_A_PAST.includes(page)
              ? `Shown as of the end of ${formatCalendarDay(asOf)}, by today’s threshold and what is known today.`
              : `You look at ${formatCalendarDay(asOf)}, but this page is shown as it is now.`}{' '}
            <NowLink />
          </span>
        </p>
      )}
    </div>
  );
}
