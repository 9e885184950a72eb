// In the place of the package of this name, in the page only: it finds bare addresses in text, which is switched off there (markdown.tsx).

/** What markdown-it makes one of when it is made, and asks nothing as long as `linkify` is off. */
export const LinkifyIt = Object;
