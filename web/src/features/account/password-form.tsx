import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useRef, useState } from 'react';
import { ApiError, post } from '../../api/client.ts';
import { meQuery, ownSessionsQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './account-page.module.css';

const EMPTY = { current_password: '', new_password: '', again: '' };

/** Changes the password; each field says what is wrong with it, the first such one has the focus. */
export function PasswordForm({ email }: { email: string }) {
  const [values, setValues] = useState(EMPTY);
  const form = useRef<HTMLFormElement>(null);
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: async () => {
      const { again, ...body } = values;
      if (again !== body.new_password) throw new ApiError(422, BROKEN, { again: 'must be the same as the new one' });
      await post('/api/me/password', body);
    },
    onSuccess: () => {
      setValues(EMPTY);
      // A first password is none any more, and other sessions are ended.
      void queries.invalidateQueries(meQuery());
      void queries.invalidateQueries(ownSessionsQuery());
    },
    onError: (error) => {
      const names = error instanceof ApiError ? Object.keys(error.details) : [];
      const isBroken = ({ name }: HTMLInputElement) => names.includes(name);
      [...(form.current?.querySelectorAll('input') ?? [])].find(isBroken)?.focus();
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  const details = change.error instanceof ApiError && change.error.status === 422 ? change.error.details : {};
  const field = (name: keyof typeof EMPTY) => ({
    name,
    type: 'password',
    value: values[name],
    onChange: ({ target }: { target: HTMLInputElement }) => setValues((all) => ({ ...all, [name]: target.value })),
    error: details[name],
  });
  return (
    <Card title="Password">
      <form ref={form} className={styles.form} onSubmit={submit} noValidate>
        {/* For password managers: whose password it is. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <Field label="Current password" autoComplete="current-password" {...field('current_password')} />
        <Field label="New password, 12 characters or more" autoComplete="new-password" {...field('new_password')} />
        <Field label="New password again" autoComplete="new-password" {...field('again')} />
        <Button type="submit" look="primary" aria-disabled={change.isPending}>
          {change.isPending ? 'Changing …' : 'Change password'}
        </Button>
        <p role="status" className={styles.success}>
          {change.isSuccess && 'Your password is changed. Your other devices were signed out.'}
        </p>
        {change.error !== null && (
          <p role="alert" className={styles.error}>
            {Object.keys(details).length === 0 ? change.error.message : BROKEN}
          </p>
        )}
      </form>
    </Card>
  );
}

const BROKEN = 'The password was not changed: see what is marked above.';
