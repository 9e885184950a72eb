#include <gnu/libc-version.h>

/* Debian 12's, as <features.h> says it in numbers. */
const char *gnu_get_libc_release(void) { return "stable"; }
const char *gnu_get_libc_version(void) { return "2.36"; }
