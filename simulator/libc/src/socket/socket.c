#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/socket.h>
int socket(int family, int type, int protocol) { return (int)SYS3(SYS_socket, family, type, protocol); }
