import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { Button } from '../ui/button.tsx';
import styles from './page-failure.module.css';

/** A page that could not be opened at all, such as when the server goes away while it is loaded. */
export function PageFailure({ error }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <div className={styles.failure} role="alert">
      <h1>This page could not be opened.</h1>
      <p>{error instanceof Error ? error.message : String(error)}</p>
      <Button onClick={() => void router.invalidate()}>Try again</Button>
    </div>
  );
}

/** As `PageFailure`, where there is no frame around it. */
export function AppFailure(props: ErrorComponentProps) {
  return (
    <main>
      <PageFailure {...props} />
    </main>
  );
}
