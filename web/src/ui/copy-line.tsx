import { useState } from 'react';
import { Button } from './button.tsx';
import styles from './copy-line.module.css';
import { Icon } from './icon.tsx';

/** A command to be run elsewhere, ready to be taken along. */
export function CopyLine({ command, name }: { command: string; name: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(command);
    setIsCopied(true);
  };
  return (
    <div className={styles.line}>
      <code>{command}</code>
      <Button look="quiet" onClick={() => void copy()} aria-label={`Copy the ${name}`}>
        <Icon name={isCopied ? 'check' : 'copy'} />
        <span role="status">{isCopied ? 'Copied' : 'Copy'}</span>
      </Button>
    </div>
  );
}
