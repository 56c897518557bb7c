/** The pages of the dashboard. The server answers each with the dashboard itself, the dashboard with the page. */
export const PAGES = [
  '/',
  '/tutors',
  '/tutors/:id',
  '/reports',
  '/funnel',
  '/threshold',
  '/sign-in',
  '/account',
  '/audit',
] as const;
