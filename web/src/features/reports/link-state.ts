/** A link is current only when it leads to the very address that is open, not to one that says less. */
export const EXACTLY = { exact: true } as const;

/** For a link that says itself whether it is the current one. */
export const NOTHING = {};
