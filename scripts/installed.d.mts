/** The parts of a package-lock.json, and of npm's note of what it installed, that are compared. */
export type Lock = {
  packages?: Record<string, { version?: string; integrity?: string } & Record<string, unknown>>;
};

export type Circumstances = { dev: boolean; needed: string[]; platform?: string; arch?: string };

export function isInstalled(root: string, options: { dev: boolean }): boolean;
export function markInstalled(root: string, options: { dev: boolean }): void;
export function matchesLock(wanted: Lock, installed: Lock, circumstances: Circumstances): boolean;
export function findRuntime(root: string, machine?: string, current?: string): { path: string } | { problem: string };
