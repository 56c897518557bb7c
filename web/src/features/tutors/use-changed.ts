import { useState } from 'react';

/** Whether a value has become another one since it was first shown, until that has been `seen`. */
export function useChanged(value: string): [isChanged: boolean, seen: () => void] {
  const [state, setState] = useState({ value, isChanged: false });
  if (state.value !== value) setState({ value, isChanged: true });
  return [state.isChanged, () => setState({ value, isChanged: false })];
}
