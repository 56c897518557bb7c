import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReportListItem } from '#contract/reports.ts';
import { post } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from './send-again.module.css';

type SendAgainProps = { id: string; status: ReportListItem['status'] | undefined; isAllowed: boolean };

/** Sends a report once more, for those who may; it says what came of it. */
export function SendAgain({ id, status, isAllowed }: SendAgainProps) {
  const client = useQueryClient();
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => post(`/api/reports/${encodeURIComponent(id)}/resend`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['reports'] }),
  });
  if (!isAllowed) return <p className="muted">Coaches and admins can send it again.</p>;
  const isOnItsWay = status === 'pending' || status === 'sending';
  const isIdle = !isPending && !isOnItsWay;
  return (
    <div className={styles.line}>
      {/* Never `disabled`: that would take the focus from whoever has just pressed it. */}
      <Button aria-disabled={!isIdle} onClick={() => isIdle && mutate()}>
        <Icon name="mail" />
        {isPending ? 'Sending again …' : 'Send again'}
      </Button>
      <span role="status" className="muted">
        {isSuccess ? 'Will be sent again.' : isOnItsWay ? 'It is on its way.' : ''}
      </span>
      {error !== null && (
        <span role="alert" className={styles.error}>
          {error.message}
        </span>
      )}
    </div>
  );
}
