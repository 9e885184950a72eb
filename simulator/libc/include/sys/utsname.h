#ifndef _SYS_UTSNAME_H
#define _SYS_UTSNAME_H
#include <features.h>
#define _UTSNAME_LENGTH 65
struct utsname {
  char sysname[65], nodename[65], release[65], version[65], machine[65];
#ifdef __USE_GNU
  char domainname[65];
#else
  char __domainname[65];
#endif
};
int uname(struct utsname *);
#endif
