#ifndef _LIBC_GROUP_H
#define _LIBC_GROUP_H
#include <grp.h>
/* The next group of the file; its members' pointers stand at the end of the buffer. 1, 0 at the end, -1 without room. */
int __group_next(FILE *f, struct group *to, char *buffer, size_t size);
#endif
