import { createLink } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
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
export function ViewLink({ search, change, isChosen = false, label, fromTop = false, ...rest }: ViewLinkProps) {
  return (
    <PlainLink
      to={paths.tutors}
      search={changed(search, change)}
      resetScroll={fromTop}
      activeProps={{}}
      aria-label={label}
      isChosen={isChosen}
      {...rest}
    />
  );
}

/** The router calls every link current that leads to this page: here each of them does, and one of a few is meant. */
const PlainLink = createLink(({ isChosen, children, ...rest }: ComponentProps<'a'> & { isChosen: boolean }) => (
  <a {...rest} aria-current={isChosen ? 'true' : undefined}>
    {children}
  </a>
));
