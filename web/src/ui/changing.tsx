import { useState } from 'react';

/** A figure that says once, by a tint, that it is not what it was; nothing when it is shown first. */
export function Changing({ value }: { value: string }) {
  const [shown, setShown] = useState({ value, changes: 0 });
  if (shown.value !== value) setShown({ value, changes: shown.changes + 1 });
  return (
    <span key={shown.changes} className={shown.changes > 0 ? 'changed' : undefined}>
      {value}
    </span>
  );
}
