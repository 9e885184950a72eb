#ifndef _LIBC_HOSTS_H
#define _LIBC_HOSTS_H
#include <netinet/in.h>
/* Looks for a name in /etc/hosts (`family` AF_INET or AF_INET6): address and the line's first name. 1 found, 0 not. */
int __hosts_look_up(const char *name, int family, void *address, char *canonical, size_t size);
/* The same by address. */
int __hosts_name_of(const void *address, int family, char *name, size_t size);
#endif
