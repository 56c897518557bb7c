import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './button.tsx';
import styles from './dialog.module.css';
import { Icon } from './icon.tsx';

type DialogProps = { title: ReactNode; onClose: () => void; children: ReactNode };

/** Floats above the page while it is mounted; the focus stays within, and goes back where it was, or to the page. Escape closes it. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    const { activeElement } = document;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      // A browser gives the focus back only for a dialog that is still in the page.
      const isThere = activeElement instanceof HTMLElement && activeElement.isConnected;
      (isThere ? activeElement : document.querySelector('main'))?.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={`${styles.dialog} appears`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        <Button look="quiet" onClick={onClose} aria-label="Close">
          <Icon name="close" />
        </Button>
      </div>
      <div className={styles.body}>{children}</div>
    </dialog>
  );
}
