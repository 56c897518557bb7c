import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ApiError, post } from '../api/client.ts';
import { paths } from '../paths.ts';

/** Signs out here, or on every device, and leaves nothing behind of what was on screen. */
export function useSignOut(path: '/api/sign-out' | '/api/sign-out-everywhere') {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => post(path).catch(unlessSignedOut),
    onSuccess: async () => {
      // First of all who it was: the sign-in page would lead somebody who is signed in straight back.
      client.removeQueries({ queryKey: ['me'] });
      await navigate({ to: paths.signIn });
      client.clear();
    },
  });
}

/** A session that has ended meanwhile is what was asked for. */
function unlessSignedOut(error: unknown): void {
  if (!(error instanceof ApiError) || error.status !== 401) throw error;
}
