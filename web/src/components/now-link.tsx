import { onDay } from '../as-of.ts';
import { OptionLink } from './option-link.tsx';

/** The same page as it is now. */
export function NowLink() {
  return (
    <OptionLink to="." search={(search) => onDay(search, undefined)} resetScroll={false}>
      Back to now
    </OptionLink>
  );
}
