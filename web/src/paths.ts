/** Every address of the dashboard; all links are made of these. */
export const paths = {
  overview: '/',
  tutors: '/tutors',
  tutor: '/tutors/$id',
  reports: '/reports',
  funnel: '/funnel',
  threshold: '/threshold',
  signIn: '/sign-in',
  account: '/account',
  audit: '/audit',
} as const;

/** Where to go after signing in: the page that was asked for, and never another site. */
export function pathAfterSignIn(asked: string | undefined): string {
  if (asked === undefined || !URL.canParse(asked, HERE)) return paths.overview;
  // As a browser reads it, so that no spelling of another site (`//`, `/\`, a tab between the two) gets through.
  const { origin, pathname, search, hash } = new URL(asked, HERE);
  return origin === HERE && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : paths.overview;
}

/** Stands for our own site, whatever its name is. */
const HERE = 'http://localhost';
