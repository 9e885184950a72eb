#define _GNU_SOURCE
#include <ctype.h>
int isdigit(int c) { return (unsigned)c - '0' < 10 ? 0x800 : 0; }
int islower(int c) { return (unsigned)c - 'a' < 26 ? 0x200 : 0; }
int isupper(int c) { return (unsigned)c - 'A' < 26 ? 0x100 : 0; }
int isalpha(int c) { return ((unsigned)c | 32) - 'a' < 26 ? 0x400 : 0; }
int isalnum(int c) { return isalpha(c) || isdigit(c) ? 8 : 0; }
int isblank(int c) { return c == ' ' || c == '\t'; }
int iscntrl(int c) { return (unsigned)c < 32 || c == 127 ? 2 : 0; }
int isgraph(int c) { return (unsigned)c - 33 < 94 ? 0x8000 : 0; }
int isprint(int c) { return (unsigned)c - 32 < 95 ? 0x4000 : 0; }
int ispunct(int c) { return isgraph(c) && !isalnum(c) ? 4 : 0; }
int isspace(int c) { return c == ' ' || (unsigned)c - '\t' < 5 ? 0x2000 : 0; }
int isxdigit(int c) { return isdigit(c) || ((unsigned)c | 32) - 'a' < 6 ? 0x1000 : 0; }
int isascii(int c) { return (c & ~127) == 0; }
int toascii(int c) { return c & 127; }
int tolower(int c) { return isupper(c) ? c + 32 : c; }
int toupper(int c) { return islower(c) ? c - 32 : c; }
