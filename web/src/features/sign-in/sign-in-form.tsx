import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useRef, useState } from 'react';
import { ApiError, post } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './sign-in-form.module.css';

/** Asks for mail address and password; what is wrong with them is said in the words of the server. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => Promise<unknown> }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const passwordField = useRef<HTMLInputElement>(null);
  const signIn = useMutation({
    mutationFn: async () => {
      await post('/api/sign-in', { email, password });
      await onSignedIn();
    },
    onError: (error) => {
      if (!(error instanceof ApiError) || error.status !== 401) return;
      setPassword('');
      passwordField.current?.focus();
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate();
  };
  const broken = signIn.error instanceof ApiError && signIn.error.status === 422 ? signIn.error.details : null;
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {signIn.error !== null && (
        <p role="alert" className={styles.alarm}>
          {broken === null ? signIn.error.message : 'Please look at what is marked below.'}
        </p>
      )}
      <Field
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={broken?.['email']}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        ref={passwordField}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={broken?.['password']}
      />
      <Button type="submit" look="primary" aria-disabled={signIn.isPending}>
        {signIn.isPending ? 'Signing in …' : 'Sign in'}
      </Button>
    </form>
  );
}
