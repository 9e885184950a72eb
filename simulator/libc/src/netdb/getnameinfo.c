#define _GNU_SOURCE
#include <arpa/inet.h>
#include <libc/hosts.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

int getnameinfo(const struct sockaddr *address, socklen_t length, char *host, socklen_t host_size, char *service, socklen_t service_size, int flags) {
  char name[256];
  int six = address->sa_family == AF_INET6;
  if (length < sizeof(struct sockaddr_in) || (!six && address->sa_family != AF_INET)) return EAI_FAMILY;
  const void *bytes = six ? (const void *)&((const struct sockaddr_in6 *)address)->sin6_addr : (const void *)&((const struct sockaddr_in *)address)->sin_addr;
  if (host && host_size) {
    int known = !(flags & NI_NUMERICHOST) && __hosts_name_of(bytes, address->sa_family, name, sizeof name);
    if (!known && (flags & NI_NAMEREQD)) return EAI_NONAME;
    if (!known) inet_ntop(address->sa_family, bytes, name, sizeof name);
    if ((size_t)snprintf(host, host_size, "%s", name) >= host_size) return EAI_OVERFLOW;
  }
  if (service && service_size && (size_t)snprintf(service, service_size, "%d", ntohs(((const struct sockaddr_in *)address)->sin_port)) >= service_size) return EAI_OVERFLOW;
  return 0;
}
