/* Which processes have a socket open (lib/sock_owner.c). */
#ifndef SOCK_OWNER_H
#define SOCK_OWNER_H
struct sock_owner { unsigned long inode; int pid, fd; char name[64]; struct sock_owner *next; };
/* Looks through /proc: an entry for each descriptor, by process; the name is that of the process or, with `command`, its first word. `refused`, if not NULL, becomes 1 where one may not look. */
struct sock_owner *sock_owners(int command, int *refused);
#endif
