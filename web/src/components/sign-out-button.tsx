import type { ComponentProps } from 'react';
import { Button } from '../ui/button.tsx';
import styles from './sign-out-button.module.css';
import { useSignOut } from './use-sign-out.ts';

type SignOutButtonProps = Pick<ComponentProps<typeof Button>, 'look' | 'children'> & {
  path: Parameters<typeof useSignOut>[0];
};

/** Ends one session, or all of them, and says why when that did not work. */
export function SignOutButton({ path, look = 'plain', children }: SignOutButtonProps) {
  const { isPending, error, mutate } = useSignOut(path);
  return (
    <>
      <Button look={look} aria-disabled={isPending} onClick={() => isPending || mutate()}>
        {isPending ? 'Signing out …' : children}
      </Button>
      {error !== null && (
        <p role="alert" className={styles.error}>
          {error.message}
        </p>
      )}
    </>
  );
}
