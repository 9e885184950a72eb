#define _GNU_SOURCE
#include <libc/wctype.h>
#include <wctype.h>

int iswalpha(wint_t c) { return c < 128 ? ((c | 32) - 'a') < 26 : __wide_class(c, WIDE_ALPHA); }
int iswdigit(wint_t c) { return c - '0' < 10; }
int iswalnum(wint_t c) { return iswdigit(c) || iswalpha(c); }
int iswspace(wint_t c) { return c < 128 ? c == ' ' || c - '\t' < 5 : __wide_class(c, WIDE_SPACE); }
int iswupper(wint_t c) { return c < 128 ? c - 'A' < 26 : __wide_class(c, WIDE_UPPER); }
int iswlower(wint_t c) { return c < 128 ? c - 'a' < 26 : __wide_class(c, WIDE_LOWER); }
int iswprint(wint_t c) { return c < 128 ? c >= 32 && c < 127 : __wide_class(c, WIDE_PRINT); }
int iswpunct(wint_t c) { return iswprint(c) && !iswalnum(c) && !iswspace(c); }
wint_t towlower(wint_t c) { return c < 128 ? (c - 'A' < 26 ? c + 32 : c) : (wint_t)__wide_class(c, WIDE_TO_LOWER); }
wint_t towupper(wint_t c) { return c < 128 ? (c - 'a' < 26 ? c - 32 : c) : (wint_t)__wide_class(c, WIDE_TO_UPPER); }
