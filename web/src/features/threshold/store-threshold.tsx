import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatThreshold } from '#contract/format.ts';
import { meQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { StoreDialog } from './store-dialog.tsx';
import styles from './store-threshold.module.css';
import type { ReplayData } from './threshold-data.ts';

type StoreThresholdProps = {
  replay: ReplayData;
  /** What is on screen is not yet about what is chosen: nobody is to store one threshold having read of another. */
  isBusy: boolean;
};

/** The way from looking at a threshold to storing it, for those who may. */
export function StoreThreshold({ replay, isBusy }: StoreThresholdProps) {
  const { data } = useQuery(meQuery());
  const [isOpen, setIsOpen] = useState(false);
  const [stored, setStored] = useState<number | null>(null);
  const { chosen, current } = replay;
  const [now, next] = [formatThreshold(current.risk_threshold), formatThreshold(chosen.risk_threshold)];
  const isStored = chosen.risk_threshold === current.risk_threshold;
  const isAdmin = data?.user?.role === 'admin';
  return (
    <div className={styles.line}>
      <span className="muted">
        {isStored ? `The stored threshold is ${now}.` : `The stored threshold is ${now}; ${next} is only looked at.`}
        {!isAdmin && ' Only an admin may change it.'}
      </span>
      {isAdmin && !isStored && (
        <Button aria-disabled={isBusy} onClick={() => !isBusy && setIsOpen(true)}>
          Store {next} …
        </Button>
      )}
      <span role="status" className={styles.stored}>
        {stored === current.risk_threshold && `Stored. Everybody is judged by ${now} now.`}
      </span>
      {isOpen && <StoreDialog replay={replay} onClose={() => setIsOpen(false)} onStored={setStored} />}
    </div>
  );
}
