#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    struct mq_attr attr = { .mq_maxmsg = 3, .mq_msgsize = 40 }, now;
    mqd_t q = mq_open("/demo", O_CREAT | O_EXCL | O_RDWR, 0600, &attr);
    char buf[64];
    unsigned prio;
    if (q == (mqd_t)-1) { perror("mq_open"); exit(EXIT_FAILURE); }
    if (fork() == 0) {
        mqd_t mine = mq_open("/demo", O_WRONLY);
        mq_send(mine, "low", 4, 1);
        mq_send(mine, "high", 5, 9);
        mq_send(mine, "mid", 4, 5);
        _exit(0);
    }
    wait(NULL);
    mq_getattr(q, &now);
    printf("max %ld size %ld cur %ld\n", now.mq_maxmsg, now.mq_msgsize, now.mq_curmsgs);
    if (mq_receive(q, buf, 10, &prio) < 0) perror("short buffer");
    for (int i = 0; i < 3; i++) {
        ssize_t n = mq_receive(q, buf, sizeof buf, &prio);
        printf("%zd bytes \"%s\" priority %u\n", n, buf, prio);
    }
    struct mq_attr nb = { .mq_flags = O_NONBLOCK };
    mq_setattr(q, &nb, NULL);
    if (mq_receive(q, buf, sizeof buf, NULL) < 0) perror("empty");
    mq_unlink("/demo");
    if (mq_open("/demo", O_RDONLY) == (mqd_t)-1) perror("gone");
    if (mq_open("demo", O_RDONLY) == (mqd_t)-1) perror("no slash");
    return 0;
}
