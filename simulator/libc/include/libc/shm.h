#ifndef _LIBC_SHM_H
#define _LIBC_SHM_H
/* The path of a shared memory object's file below /dev/shm into `to` (300 bytes); -1 with EINVAL for a name with a slash within. */
int __shm_path(const char *name, const char *prefix, char *to);
#endif
