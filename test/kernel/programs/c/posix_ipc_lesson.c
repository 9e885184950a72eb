/* link: -lrt */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <mqueue.h>
#include <fcntl.h>
#include <errno.h>
#include <sys/stat.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) {
  struct mq_attr a = { .mq_maxmsg = 4, .mq_msgsize = 64 };
  mqd_t q = mq_open("/test", O_CREAT | O_RDWR | O_NONBLOCK, 0644, &a); if (q == (mqd_t)-1) { perror("mq_open"); return 1; }
  for (int i = 0; i < 6; i++) { char b[32]; sprintf(b, "msg%d", i); if (mq_send(q, b, strlen(b) + 1, i % 3) < 0) printf("send %d: %s\n", i, strerror(errno)); }
  mq_getattr(q, &a); printf("cur %ld max %ld size %ld flags %ld\n", a.mq_curmsgs, a.mq_maxmsg, a.mq_msgsize, a.mq_flags); fflush(stdout);
  system("ls /dev/mqueue; cat /dev/mqueue/test");
  char buf[64]; unsigned prio; ssize_t n; while ((n = mq_receive(q, buf, 64, &prio)) >= 0) printf("%zd %s prio %u\n", n, buf, prio); perror("mq_receive");
  if (mq_receive(q, buf, 10, 0) < 0) perror("small");
  mq_close(q); mq_unlink("/test"); if (mq_open("/test", O_RDONLY) == -1) perror("mq_open"); if (mq_open("noslash", O_CREAT|O_RDWR, 0600, NULL) == -1) perror("noslash");
  sem_t *s = sem_open("/mysem", O_CREAT, 0644, 0); int fd = shm_open("/myshm", O_CREAT | O_RDWR, 0600); ftruncate(fd, 4096); char *m = mmap(0, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, fd, 0);
  fflush(stdout);
  if (fork() == 0) { strcpy(m, "written by child"); sem_post(s); _exit(0); }
  sem_wait(s); printf("%s\n", m); int v; sem_getvalue(s, &v); printf("value %d\n", v); if (sem_trywait(s) < 0) perror("trywait"); wait(0); fflush(stdout);
  system("ls /dev/shm"); sem_close(s); sem_unlink("/mysem"); shm_unlink("/myshm");
  return 0;
}
