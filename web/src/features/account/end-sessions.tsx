import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { ApiError, post } from '../../api/client.ts';
import { ownSessionsQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './account-page.module.css';

type EndSessionsProps = {
  /** Which session; `null` for all others. */
  id: string | null;
  name: string;
  onClose: () => void;
};

/** Asks for the password before a session is ended: whoever finds an open browser does not know it. */
export function EndSessions({ id, name, onClose }: EndSessionsProps) {
  const [password, setPassword] = useState('');
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () =>
      post('/api/me/sessions/end', { current_password: password, own_session_id: id }).catch(unlessEnded),
    onSuccess: async () => {
      // Before it closes: the focus is not to go back to a button that is about to vanish.
      await queries.invalidateQueries(ownSessionsQuery());
      onClose();
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!end.isPending) end.mutate();
  };
  const reason = end.error instanceof ApiError ? end.error.details['current_password'] : undefined;
  return (
    <Dialog title={`End ${name}`} onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <Field
          label="Your password"
          name="current_password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={reason}
        />
        <Button type="submit" look="primary" aria-disabled={end.isPending}>
          {end.isPending ? 'Ending …' : 'End'}
        </Button>
        {end.error !== null && reason === undefined && (
          <p role="alert" className={styles.error}>
            {end.error.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}

/** A session that has ended meanwhile is what was asked for. */
function unlessEnded(error: unknown): void {
  if (!(error instanceof ApiError) || error.status !== 404) throw error;
}
