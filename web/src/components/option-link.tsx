import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type OptionLinkProps = ComponentProps<'a'> & {
  /** Whether it is the chosen one of a few that stand beside each other. */
  isChosen?: boolean;
};

/**
 * A link that shows the page that is open in another way. The router calls every link current that leads to the page
 * that is open: here each of them does, and only the chosen one of a few is meant.
 */
export const OptionLink = createLink(({ isChosen = false, children, ...rest }: OptionLinkProps) => (
  <a {...rest} aria-current={isChosen ? 'true' : undefined}>
    {children}
  </a>
));
