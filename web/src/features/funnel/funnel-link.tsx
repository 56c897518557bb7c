import type { ReactNode } from 'react';
import { OptionLink } from '../../components/option-link.tsx';
import { paths } from '../../paths.ts';
import { changed, type FunnelSearch } from './funnel-search.ts';

type FunnelLinkProps = {
  search: FunnelSearch;
  change: Partial<FunnelSearch>;
  /** Whether this is how the picture is seen now; for links that stand beside their alternatives. */
  isChosen?: boolean;
  className?: string | undefined;
  label?: string | undefined;
  children: ReactNode;
};

/** The same picture seen in another way; the page stays where it is scrolled to. */
export function FunnelLink({ search, change, label, ...rest }: FunnelLinkProps) {
  return (
    <OptionLink to={paths.funnel} search={changed(search, change)} resetScroll={false} aria-label={label} {...rest} />
  );
}
