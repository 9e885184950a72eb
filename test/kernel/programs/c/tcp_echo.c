#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <errno.h>
#include <netdb.h>
#define PORT 8080
int main(void) {
  int s = socket(AF_INET, SOCK_STREAM, 0); int opt = 1; setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &opt, sizeof opt);
  struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
  if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) { perror("bind"); return 1; }
  listen(s, 5); printf("listening on %s:%d\n", inet_ntoa(a.sin_addr), ntohs(a.sin_port)); fflush(stdout);
  if (fork() == 0) {
    close(s); int c = socket(AF_INET, SOCK_STREAM, 0); if (connect(c, (struct sockaddr *)&a, sizeof a) < 0) { perror("connect"); exit(1); }
    char b[64]; send(c, "hello server", 12, 0); int n = recv(c, b, 63, 0); b[n] = 0; printf("client got: %s\n", b); shutdown(c, SHUT_WR); n = recv(c, b, 63, 0); printf("then %d\n", n); exit(0);
  }
  struct sockaddr_in p; socklen_t pl = sizeof p; int c = accept(s, (struct sockaddr *)&p, &pl); char b[64], ip[INET_ADDRSTRLEN]; printf("from %s\n", inet_ntop(AF_INET, &p.sin_addr, ip, sizeof ip));
  int n; while ((n = read(c, b, 64)) > 0) { for (int i = 0; i < n; i++) if (b[i] >= 'a' && b[i] <= 'z') b[i] -= 32; write(c, b, n); } fflush(stdout);
  close(c); wait(0); close(s);
  c = socket(AF_INET, SOCK_STREAM, 0); a.sin_port = htons(9); if (connect(c, (struct sockaddr *)&a, sizeof a) < 0) perror("connect");
  struct addrinfo h = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM }, *r; int e = getaddrinfo("localhost", "80", &h, &r); if (e) printf("%s\n", gai_strerror(e)); else { printf("%s\n", inet_ntoa(((struct sockaddr_in *)r->ai_addr)->sin_addr)); freeaddrinfo(r); }
  struct hostent *he = gethostbyname("localhost"); if (he) printf("%s\n", he->h_name);
  e = getaddrinfo("no.such.host.invalid", NULL, &h, &r); printf("%d\n", e != 0);
  s = socket(AF_INET, SOCK_STREAM, 0); a.sin_port = htons(80); if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) perror("bind 80"); s = socket(AF_INET, SOCK_RAW, 1); if (s < 0) perror("raw");
  return 0;
}
