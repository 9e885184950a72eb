#ifndef _LIBC_CAPABILITY_H
#define _LIBC_CAPABILITY_H
#include <sys/capability.h>
/* As the kernel's version 3 has it: for each 32 capabilities the three sets. */
struct _cap_struct { unsigned magic, flat[2][3], rootid; };
struct __cap_text { unsigned magic; char text[]; };
#define CAP_MAGIC 0xca90d0u
#define CAP_TEXT_MAGIC 0xca90dfu
extern const char *const __cap_names[CAP_LAST_CAP + 1];
char *__cap_text(const char *text);
#endif
