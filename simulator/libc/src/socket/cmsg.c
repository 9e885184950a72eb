#define _GNU_SOURCE
#include <sys/socket.h>
struct cmsghdr *__cmsg_nxthdr(struct msghdr *message, struct cmsghdr *c) {
  if (c->cmsg_len < sizeof *c) return 0;
  char *next = (char *)c + CMSG_ALIGN(c->cmsg_len), *end = (char *)message->msg_control + message->msg_controllen;
  if (next + sizeof *c > end || next + CMSG_ALIGN(((struct cmsghdr *)next)->cmsg_len) > end) return 0;
  return (struct cmsghdr *)next;
}
