import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { get } from '../api/client.ts';
import { Button } from '../ui/button.tsx';
import styles from './page-failure.module.css';

/** A page that could not be opened at all, such as when the server goes away while it is loaded. */
export function PageFailure({ error }: ErrorComponentProps) {
  const router = useRouter();
  const isOurs = !isPartMissing(error);
  const words = error instanceof Error ? error.message : String(error);
  return (
    <div className={styles.failure} role="alert">
      <h1>This page could not be opened.</h1>
      <p>{isOurs ? words : PART_MISSING}</p>
      <Button onClick={() => void (isOurs ? router.invalidate() : loadAnew())}>Try again</Button>
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

const PART_MISSING =
  'This part of the dashboard could not be loaded. Check the connection; if the dashboard was updated, load it anew.';

/** What Vite, and each browser in its own words, says when the code or the look of a page cannot be fetched. */
function isPartMissing(error: unknown): boolean {
  return error instanceof Error && /preload CSS|dynamically imported module|module script/i.test(error.message);
}

/** A part that failed is not fetched again by the same page; without a connection this one is better than none. */
async function loadAnew(): Promise<void> {
  const isReached = await get('/api/me').then(
    () => true,
    () => false,
  );
  if (isReached) window.location.reload();
}
