import type { ComponentProps } from 'react';
import styles from './button.module.css';

type Look = 'plain' | 'primary' | 'quiet';

/** A button whose words are a verb. It submits nothing unless told to. */
export function Button({ look = 'plain', ...rest }: ComponentProps<'button'> & { look?: Look }) {
  return <button type="button" className={buttonClass(look)} {...rest} />;
}

/** The same look for a link, such as a download. */
export function buttonClass(look: Look = 'plain'): string | undefined {
  return look === 'plain' ? styles.button : styles[look];
}
