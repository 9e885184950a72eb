/* A server's sockets as ss, netstat and /proc/net show them, in this net namespace and in a fresh one. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#define RUN(c) do { printf("$ %s\n", c); fflush(stdout); int r = system(c); if (r) printf("[%d]\n", r >> 8); } while (0)

int main(void)
{
  struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(9999) }, u = { .sin_family = AF_INET, .sin_port = htons(5353) };
  struct sockaddr_un n = { .sun_family = AF_UNIX, .sun_path = "/tmp/control" };
  int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), udp = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), local = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), client;

  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(server, (struct sockaddr *)&a, sizeof a) || listen(server, 5) || bind(udp, (struct sockaddr *)&u, sizeof u) || bind(local, (struct sockaddr *)&n, sizeof n) || listen(local, 3))
    perror("server");
  RUN("ss -tln; ss -tlnp; ss -uln; ss -tuln; ss -tlnH; ss -ltnO");
  RUN("ss -xlH | cut -c1-39; ss -tn; ss -u; ss -tln sport = :9999; ss -tln sport = :81; ss -t state listening; ss -tlnp | cat; ss -V");
  RUN("netstat -tln; netstat -tlnp; netstat -uln; netstat -tulpn; netstat -tn; netstat -rn; netstat -lne4 | cut -c1-90");
  RUN("netstat -xl | sed 's/ [0-9]\\{3,\\} */ N /'");
  RUN("cut -c1-90 /proc/net/tcp; cut -c7-86 /proc/net/udp; cat /proc/net/tcp6 /proc/net/raw");
  RUN("unshare -rn ss -tln; unshare -rn netstat -tln; unshare -rn netstat -i; unshare -rn netstat -rn; unshare -rn ss -x; unshare -rn cat /proc/net/tcp; unshare -rn netstat -xa; unshare -rn netstat -ian");
  client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(client, (struct sockaddr *)&a, sizeof a)) perror("connect");
  if (write(client, "hello", 5) != 5) perror("write");
  RUN("ss -tn | sed 's/:[3-6][0-9]\\{4\\}/:N/g' | sort; ss -tln; netstat -tn | sed 's/:[3-6][0-9]\\{4\\}/:N/g' | sort");
  int accepted = accept4(server, NULL, NULL, SOCK_CLOEXEC);
  RUN("ss -tn state established '( dport = :9999 )' | wc -l; ss -tlnp; netstat -tn | grep -c EST");
  close(client);
  RUN("ss -tn | sed 's/:[3-6][0-9]\\{4\\}/:N/g' | grep CLOSE | cut -c1-36; netstat -tn | grep 9999 | grep CLOSE_WAIT | cut -c1-40");
  close(accepted); close(server); close(udp); close(local);
  RUN("ss -tln; ss -uln; netstat -tuln; ss --bogus 2>/dev/null; echo $?; ss -t state foo; echo $?");
  return 0;
}
