import { type ReactNode, useId } from 'react';
import { inputClass } from './field.tsx';

type SelectProps = {
  label: string;
  className?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
};

/** A few choices in a toolbar, where the label is not drawn. */
export function Select({ label, className, value, onChange, children }: SelectProps) {
  const id = useId();
  return (
    <div className={className}>
      <label className="visually-hidden" htmlFor={id}>
        {label}
      </label>
      <select id={id} className={inputClass} value={value} onChange={({ target }) => onChange(target.value)}>
        {children}
      </select>
    </div>
  );
}
