import { Icon } from '../ui/icon.tsx';
import { BusinessDay } from './business-day.tsx';
import styles from './risen-mark.module.css';

/** Says that the tutor's own rate has become several times as high, whatever it is measured against; or nothing. */
export function RisenMark({ at }: { at: string | null }) {
  if (at === null) return null;
  return (
    <span className={styles.mark}>
      <Icon name="up" size={12} /> rate has risen, <BusinessDay at={at} />
    </span>
  );
}
