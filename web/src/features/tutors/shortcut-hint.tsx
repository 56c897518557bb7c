import { Button } from '../../ui/button.tsx';
import styles from './tutors-page.module.css';

/** Which keys do something, for who has any; where words are dictated, keys that act by themselves must be turned off. */
export function ShortcutHint({ isOn, toggle }: { isOn: boolean; toggle: () => void }) {
  return (
    <div className={`${styles.hint} no-print`}>
      {isOn && (
        <span>
          <kbd>/</kbd> search · <kbd>j</kbd> <kbd>k</kbd> move · <kbd>Enter</kbd> open
        </span>
      )}
      <Button look="quiet" onClick={toggle}>
        {isOn ? 'Turn off keys' : 'Turn on keys'}
      </Button>
    </div>
  );
}
