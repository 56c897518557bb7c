import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { paths } from '../../paths.ts';
import { withoutDefaults } from '../../search.ts';
import { TUTOR_DEFAULTS, type TutorSearch } from './tutor-search.ts';

/** Which tutor is on screen, and how. */
export type TutorView = { id: string; search: TutorSearch };

type TutorLinkProps = {
  view: TutorView;
  /** What differs behind the link from what is on screen. */
  change: Partial<TutorSearch>;
  isCurrent?: boolean;
  className?: string | undefined;
  name?: string;
  children: ReactNode;
};

/** The same tutor looked at in another way; the page stays where it is scrolled to. */
export function TutorLink({ view: { id, search }, change, isCurrent, className, name, children }: TutorLinkProps) {
  return (
    <Link
      to={paths.tutor}
      params={{ id }}
      search={withoutDefaults({ ...search, ...change }, TUTOR_DEFAULTS)}
      resetScroll={false}
      activeOptions={{ exact: true }}
      aria-current={isCurrent === true ? 'true' : undefined}
      aria-label={name}
      className={className}
    >
      {children}
    </Link>
  );
}
