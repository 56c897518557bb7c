import { useMutation, useQueryClient } from '@tanstack/react-query';
import { countOf, formatNumber, formatThreshold } from '#contract/format.ts';
import { put } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './store-threshold.module.css';
import type { ReplayData } from './threshold-data.ts';

type StoreDialogProps = { replay: ReplayData; onClose: () => void; onStored: (threshold: number) => void };

/** Asks before a threshold is stored, and says what that does at once. */
export function StoreDialog({ replay: { chosen, current, on_change }, onClose, onStored }: StoreDialogProps) {
  const client = useQueryClient();
  const { risk_threshold } = chosen;
  const [now, next] = [formatThreshold(current.risk_threshold), formatThreshold(risk_threshold)];
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => put('/api/settings', { risk_threshold }),
    onSuccess: async () => {
      await client.invalidateQueries();
      onStored(risk_threshold);
      onClose();
    },
  });
  return (
    <Dialog title={`Make ${next} the threshold?`} onClose={onClose}>
      <div className={styles.dialog}>
        <p>
          It is {now} now. {changeWords(on_change)}
        </p>
        <p>
          Everybody is judged by {next} from then on, here and in the mails. Flags are raised for watch and confirmed,
          whatever level is looked at here.
        </p>
        <div className={styles.buttons}>
          {/* Never `disabled`: that would take the focus from whoever has just pressed it. */}
          <Button look="primary" aria-disabled={isPending} onClick={() => !isPending && mutate()}>
            {isPending ? 'Storing …' : `Store ${next}`}
          </Button>
          <Button onClick={onClose}>Keep {now}</Button>
        </div>
        {error !== null && (
          <p role="alert" className={styles.error}>
            {error.message}
          </p>
        )}
      </div>
    </Dialog>
  );
}

/** "At once 12 flags will open, 30 will close, 3 will change their level." What does not happen is not told. */
function changeWords({ opened, closed, level_changed }: ReplayData['on_change']): string {
  const changes = [
    { count: opened, words: 'will open' },
    { count: closed, words: 'will close' },
    { count: level_changed, words: 'will change their level' },
  ].filter(({ count }) => count > 0);
  if (changes.length === 0) return 'No flag will open or close at once.';
  const told = changes.map(
    ({ count, words }, index) => `${index === 0 ? countOf(count, 'flag') : formatNumber(count)} ${words}`,
  );
  return `At once ${told.join(', ')}.`;
}
