/** A statement on the rows of `fillEveryTable` that a constraint, or a unique index, must refuse. */
export type BrokenRule = { constraint: string; statement: string };

/** `statements` that one constraint refuses, each in its own way. */
export function refusedBy(constraint: string, ...statements: string[]): BrokenRule[] {
  return statements.map((statement) => ({ constraint, statement }));
}
