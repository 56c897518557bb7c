import type { ReactNode } from 'react';

/** Drawn on 16 by 16; never alone: a word beside it, or the label of its button, says the same. */
const DRAWINGS = {
  triangle: <path d="M8 2 L15 14 H1 Z" fill="currentColor" stroke="none" />,
  'half-circle': (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 2 A6 6 0 0 1 8 14 Z" fill="currentColor" stroke="none" />
    </>
  ),
  check: <path d="M2.5 8.5 L6.5 12.5 L13.5 4" strokeWidth="2" />,
  'dashed-circle': <circle cx="8" cy="8" r="6" strokeDasharray="2.5 2.2" />,
  search: <path d="M10.5 10.5 L14.5 14.5 M12 7 A5 5 0 1 1 2 7 A5 5 0 1 1 12 7" />,
  up: <path d="M8 13 V3 M4 7 L8 3 L12 7" />,
  down: <path d="M8 3 V13 M4 9 L8 13 L12 9" />,
  left: <path d="M10 3 L5 8 L10 13" />,
  right: <path d="M6 3 L11 8 L6 13" />,
  download: <path d="M8 2 V10 M4.5 7 L8 10.5 L11.5 7 M2 13.5 H14" />,
  calendar: <path d="M2 3.5 H14 V14 H2 Z M2 7 H14 M5 1.5 V5 M11 1.5 V5" />,
  columns: <path d="M2 3 H14 V13 H2 Z M6 3 V13 M10 3 V13" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1 V3 M8 13 V15 M1 8 H3 M13 8 H15 M3 3 L4.5 4.5 M11.5 11.5 L13 13 M3 13 L4.5 11.5 M11.5 4.5 L13 3" />
    </>
  ),
  moon: <path d="M13.5 9.5 A6 6 0 1 1 6.5 2.5 A5 5 0 0 0 13.5 9.5 Z" />,
  screen: <path d="M1.5 2.5 H14.5 V11.5 H1.5 Z M5 14.5 H11" />,
  close: <path d="M3 3 L13 13 M13 3 L3 13" />,
  copy: <path d="M5 5 H14 V14 H5 Z M3 11 H2 V2 H11 V3" />,
  mail: <path d="M1.5 3.5 H14.5 V12.5 H1.5 Z M1.5 4 L8 9 L14.5 4" />,
  person: <path d="M8 8 A3 3 0 1 1 8 2 A3 3 0 0 1 8 8 M2.5 14.5 C2.5 8.5 13.5 8.5 13.5 14.5" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof DRAWINGS;

export function Icon({ name, size = 14 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {DRAWINGS[name]}
    </svg>
  );
}
