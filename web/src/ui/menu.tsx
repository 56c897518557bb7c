import { type ReactNode, useEffect, useRef } from 'react';
import { buttonClass } from './button.tsx';
import styles from './menu.module.css';

type MenuProps = { label: ReactNode; name: string; look?: 'plain' | 'quiet'; children: ReactNode };

/** A button that opens a small panel below it; Escape, a click elsewhere and a focus elsewhere close it. */
export function Menu({ label, name, look = 'plain', children }: MenuProps) {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const menu = ref.current;
      if (menu === null || !menu.open) return;
      const isEscape = event instanceof KeyboardEvent && event.key === 'Escape';
      const isOutside =
        !(event instanceof KeyboardEvent) && event.target instanceof Node && !menu.contains(event.target);
      if (isEscape) menu.querySelector('summary')?.focus();
      if (isEscape || isOutside) menu.open = false;
    };
    document.addEventListener('keydown', close);
    document.addEventListener('pointerdown', close);
    document.addEventListener('focusin', close);
    return () => {
      document.removeEventListener('keydown', close);
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('focusin', close);
    };
  }, []);
  return (
    <details ref={ref} className={styles.menu}>
      <summary className={buttonClass(look)} aria-label={name}>
        {label}
      </summary>
      <div className={`${styles.panel} appears`}>{children}</div>
    </details>
  );
}
