#ifndef _LIBC_NAMES_H
#define _LIBC_NAMES_H
extern const char *const __day_names[7], *const __month_names[12];
#endif
