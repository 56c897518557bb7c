import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, vi } from 'vitest';

/** The code of a page is fetched when it is opened first, which takes its time while many tests run. */
configure({ asyncUtilTimeout: 30_000 });

// The files of one worker share Testing Library, which by itself would see to the first of them alone.
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
afterEach(cleanup);

// They share the window too.
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  localStorage.clear();
  sessionStorage.clear();
});
