#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <semaphore.h>
#include <unistd.h>
struct shared { sem_t ping, pong; int n; char text[32]; };
int main(void)
{
    struct shared *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int *priv = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (s == MAP_FAILED || priv == MAP_FAILED) { perror("mmap"); return 1; }
    sem_init(&s->ping, 1, 0);
    sem_init(&s->pong, 1, 0);
    *priv = 1;
    if (fork() == 0) {
        for (int i = 0; i < 3; i++) {
            sem_wait(&s->ping);
            s->n *= 2;
            *priv += 1;
            snprintf(s->text, sizeof s->text, "round %d", i);
            sem_post(&s->pong);
        }
        _exit(*priv);
    }
    s->n = 1;
    for (int i = 0; i < 3; i++) {
        sem_post(&s->ping);
        sem_wait(&s->pong);
        printf("%s: %d\n", s->text, s->n++);
    }
    int st;
    wait(&st);
    printf("private: child %d, parent %d\n", WEXITSTATUS(st), *priv);
    int fd = open("/tmp/map", O_RDWR | O_CREAT | O_TRUNC, 0600);
    ftruncate(fd, 10);
    char *f = mmap(0, 10, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    memcpy(f, "0123456789", 10);
    char b[11] = "";
    pread(fd, b, 10, 0);
    printf("file: %s\n", b);
    munmap(f, 10);
    unlink("/tmp/map");
    if (mmap(0, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED) perror("length 0");
    if (mmap(0, 10, PROT_READ, MAP_PRIVATE, 99, 0) == MAP_FAILED) perror("bad fd");
    char *ro = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    strcpy(ro, "ok");
    mprotect(ro, 4096, PROT_READ);
    puts(ro);
    fflush(stdout);
    ro[0] = 'x';
    return 0;
}
