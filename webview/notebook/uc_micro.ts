// In the place of the package uc.micro, in the page only: its tables of characters are older than a browser's own regular expressions for them.

/** Punctuation. */
export const P = /\p{P}/u;
/** Symbols. */
export const S = /\p{S}/u;
