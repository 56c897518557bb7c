import type { ReactNode } from 'react';
import { OptionLink } from '../../components/option-link.tsx';
import { paths } from '../../paths.ts';
import { changed, type TutorsSearch } from './tutors-search.ts';

type ViewLinkProps = {
  search: TutorsSearch;
  change: Partial<TutorsSearch>;
  /** Whether this is how the list is seen now; for links that stand beside their alternatives. */
  isChosen?: boolean;
  className?: string | undefined;
  label?: string | undefined;
  /** Whether the page is shown from its top, as another part of the list is. */
  fromTop?: boolean;
  children: ReactNode;
};

/** The same list seen in another way. */
export function ViewLink({ search, change, label, fromTop = false, ...rest }: ViewLinkProps) {
  return (
    <OptionLink to={paths.tutors} search={changed(search, change)} resetScroll={fromTop} aria-label={label} {...rest} />
  );
}
