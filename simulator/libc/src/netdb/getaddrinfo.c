#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <libc/hosts.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

struct one { struct addrinfo info; union { struct sockaddr_in four; struct sockaddr_in6 six; } address; char name[256]; };
static const struct { int type, protocol; } kinds[] = { { SOCK_STREAM, IPPROTO_TCP }, { SOCK_DGRAM, IPPROTO_UDP }, { SOCK_RAW, 0 } };

static int port_of(const char *service, const struct addrinfo *hints, int *port) {
  *port = 0;
  if (!service) return 0;
  char *end;
  long value = strtol(service, &end, 10);
  if (isdigit((unsigned char)*service) && *end == '\0') {
    *port = htons((uint16_t)value);
    return 0;
  }
  if (hints->ai_flags & AI_NUMERICSERV) return EAI_NONAME;
  struct servent *s = getservbyname(service, hints->ai_socktype == SOCK_DGRAM ? "udp" : "tcp");
  if (!s) return EAI_SERVICE;
  *port = s->s_port;
  return 0;
}

static struct addrinfo **add(struct addrinfo **end, int family, const void *address, int port, const struct addrinfo *hints, const char *canonical) {
  for (int i = 0; i < 3 && end; i++) {
    if (hints->ai_socktype && hints->ai_socktype != kinds[i].type) continue;
    if (hints->ai_protocol && kinds[i].protocol && hints->ai_protocol != kinds[i].protocol) continue;
    struct one *o = calloc(1, sizeof *o);
    if (!o) return 0;
    o->info = (struct addrinfo){ .ai_flags = hints->ai_flags, .ai_family = family, .ai_socktype = kinds[i].type, .ai_protocol = kinds[i].protocol ? kinds[i].protocol : hints->ai_protocol };
    o->info.ai_addr = (struct sockaddr *)&o->address;
    if (family == AF_INET) {
      o->info.ai_addrlen = sizeof o->address.four;
      o->address.four = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = (in_port_t)port };
      memcpy(&o->address.four.sin_addr, address, 4);
    } else {
      o->info.ai_addrlen = sizeof o->address.six;
      o->address.six = (struct sockaddr_in6){ .sin6_family = AF_INET6, .sin6_port = (in_port_t)port };
      memcpy(&o->address.six.sin6_addr, address, 16);
    }
    if (canonical && (hints->ai_flags & AI_CANONNAME)) {
      strncpy(o->name, canonical, sizeof o->name - 1);
      o->info.ai_canonname = o->name;
      canonical = 0;
    }
    *end = &o->info;
    end = &o->info.ai_next;
  }
  return end;
}

/* Numbers, and names that /etc/hosts has; there is no name server. */
static int one_family(int family, const char *node, const struct addrinfo *hints, unsigned char *address, char *canonical) {
  if (hints->ai_family != AF_UNSPEC && hints->ai_family != family) return 0;
  if (!node) {
    memset(address, 0, 16);
    if (!(hints->ai_flags & AI_PASSIVE)) {
      uint32_t loopback = htonl(INADDR_LOOPBACK);
      if (family == AF_INET) memcpy(address, &loopback, 4);
      else address[15] = 1;
    }
    return 1;
  }
  strncpy(canonical, node, 255);
  if (inet_pton(family, node, address) == 1) return 1;
  struct in_addr four;
  if (family == AF_INET && inet_aton(node, &four)) {
    memcpy(address, &four, 4);
    return 1;
  }
  return !(hints->ai_flags & AI_NUMERICHOST) && __hosts_look_up(node, family, address, canonical, 256);
}

int getaddrinfo(const char *node, const char *service, const struct addrinfo *given, struct addrinfo **to) {
  struct addrinfo hints = { 0 }, **end = to;
  unsigned char address[16];
  char canonical[256] = "";
  int port;
  if (given) hints = *given;
  if (!node && !service) return EAI_NONAME;
  if (hints.ai_family != AF_UNSPEC && hints.ai_family != AF_INET && hints.ai_family != AF_INET6) return EAI_FAMILY;
  int error = port_of(service, &hints, &port);
  if (error) return error;
  *to = 0;
  if (one_family(AF_INET6, node, &hints, address, canonical)) end = add(end, AF_INET6, address, port, &hints, canonical);
  if (end && one_family(AF_INET, node, &hints, address, canonical)) end = add(end, AF_INET, address, port, &hints, canonical);
  if (!end) return EAI_MEMORY;
  if (*to) return 0;
  return node && !(hints.ai_flags & AI_NUMERICHOST) ? EAI_AGAIN : EAI_NONAME;
}

void freeaddrinfo(struct addrinfo *list) {
  while (list) {
    struct addrinfo *next = list->ai_next;
    free(list);
    list = next;
  }
}
