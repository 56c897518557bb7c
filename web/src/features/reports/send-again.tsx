import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ReportListItem } from '#contract/reports.ts';
import { post } from '../../api/client.ts';
import type { OnWire } from '../../api/wire.ts';
import { useAsOf } from '../../as-of.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from './send-again.module.css';

/** How far a report has come, as far as is known here. */
type Progress = Pick<OnWire<ReportListItem>, 'id' | 'status' | 'sent_at' | 'attempts'>;
type SendAgainProps = { report: Progress; isAllowed: boolean };

/** Sends a report once more, and only once while it is open, for those who may; it says what came of it. */
export function SendAgain({ report, isAllowed }: SendAgainProps) {
  const client = useQueryClient();
  const asOf = useAsOf();
  // The second click of two comes before the first one is drawn: it has to be known at once.
  const isAsked = useRef(false);
  const seen = stageOf(report);
  const { mutate, isPending, isSuccess, error, variables } = useMutation({
    mutationFn: (_seen: string) => post(`/api/reports/${encodeURIComponent(report.id)}/resend`),
    onError: () => {
      isAsked.current = false;
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['reports'] }),
  });
  const [hasMoved, setHasMoved] = useState(false);
  if (isSuccess && !hasMoved && seen !== variables) setHasMoved(true);
  if (asOf !== undefined) return <p className="muted">It can be sent again from the page as it is now.</p>;
  if (!isAllowed) return <p className="muted">Coaches and admins can send it again.</p>;
  const isIdle = !isPending && !isSuccess && !isOnItsWay(report);
  const send = () => {
    if (!isIdle || isAsked.current) return;
    isAsked.current = true;
    mutate(seen);
  };
  return (
    <div className={styles.line}>
      {/* Never `disabled`: that would take the focus from whoever has just pressed it. */}
      <Button aria-disabled={!isIdle} onClick={send}>
        <Icon name="mail" />
        {isPending ? 'Sending again …' : 'Send again'}
      </Button>
      <span role="status" className="muted">
        {isSuccess ? outcomeOf(report, hasMoved) : isOnItsWay(report) ? 'It is on its way.' : ''}
      </span>
      {/* What the server refused is told of the report as it was then. */}
      {error !== null && seen === variables && (
        <span role="alert" className={styles.error}>
          {error.message}
        </span>
      )}
    </div>
  );
}

function isOnItsWay({ status }: Progress): boolean {
  return status === 'pending' || status === 'sending';
}

/** Tells one sending of a report from the next. */
function stageOf({ status, attempts, sent_at }: Progress): string {
  return `${status} ${attempts} ${sent_at}`;
}

/** Until what is on screen has caught up it still tells of the sending before. */
function outcomeOf(report: Progress, hasMoved: boolean): string {
  if (!hasMoved || isOnItsWay(report)) return 'Will be sent again.';
  return report.status === 'sent' ? 'Sent again.' : 'It could not be sent again.';
}
