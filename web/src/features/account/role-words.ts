import type { Role } from '#contract/access.ts';

/** What each role may do. */
export const ROLE_WORDS: Record<Role, string> = {
  viewer: 'sees everything, and changes nothing.',
  coach: 'sees everything, and can send reports again.',
  admin:
    'sees everything, can send reports again, and may change the threshold, and through the API tutors and sessions.',
};
