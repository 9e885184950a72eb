#ifndef _LIBC_WCTYPE_H
#define _LIBC_WCTYPE_H
/* What Unicode says of a character from 128 on (natives/wide.ts): 0 or 1, a width, or another character. */
enum { WIDE_ALPHA, WIDE_UPPER, WIDE_LOWER, WIDE_SPACE, WIDE_PRINT, WIDE_TO_LOWER, WIDE_TO_UPPER, WIDE_WIDTH };
int __wide_class(unsigned c, int what);
#endif
