import type { ReactNode } from 'react';
import { OptionLink } from '../../components/option-link.tsx';
import { paths } from '../../paths.ts';
import { withoutDefaults } from '../../search.ts';
import { TUTOR_DEFAULTS, type TutorSearch } from './tutor-search.ts';

/** Which tutor is on screen, and how. */
export type TutorView = { id: string; search: TutorSearch };

type TutorLinkProps = {
  view: TutorView;
  /** What differs behind the link from what is on screen. */
  change: Partial<TutorSearch>;
  /** Whether this is how the tutor is seen now; for links that stand beside their alternatives. */
  isChosen?: boolean;
  className?: string | undefined;
  name?: string;
  children: ReactNode;
};

/** The same tutor looked at in another way; the page stays where it is scrolled to, and no session is picked out. */
export function TutorLink({ view: { id, search }, change, name, ...rest }: TutorLinkProps) {
  return (
    <OptionLink
      to={paths.tutor}
      params={{ id }}
      search={withoutDefaults({ ...search, session: undefined, ...change }, TUTOR_DEFAULTS)}
      resetScroll={false}
      aria-label={name}
      {...rest}
    />
  );
}
