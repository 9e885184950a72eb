#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <semaphore.h>
#include <errno.h>
#include <time.h>
#include <sys/syscall.h>

struct shared { pthread_mutex_t m; pthread_cond_t c; int turn; int log[40]; int n; sem_t sem; pthread_barrier_t bar; };
static void *worker(void *arg)
{
    struct shared *s = arg;
    for (int i = 0; i < 5; i++) {
        pthread_mutex_lock(&s->m);
        while (s->turn != 2) pthread_cond_wait(&s->c, &s->m);
        s->log[s->n++] = 2;
        s->turn = 0;
        pthread_cond_broadcast(&s->c);
        pthread_mutex_unlock(&s->m);
    }
    return (void *)(long)(gettid() != getpid());
}
static pthread_key_t key;
static void destroy(void *p) { printf("destructor of %s\n", (char *)p); free(p); }
static void *keyed(void *a) { pthread_setspecific(key, strdup(a)); return pthread_getspecific(key); }
static pthread_once_t once = PTHREAD_ONCE_INIT;
static void init(void) { puts("once"); }
static __thread int tls = 7;
static void cleanup(void *p) { printf("cleanup %s\n", (char *)p); }
static void *sleeper(void *a) { pthread_cleanup_push(cleanup, "outer"); pthread_cleanup_push(cleanup, "inner"); for (;;) sleep(100); pthread_cleanup_pop(0); pthread_cleanup_pop(0); return a; }
int main(void)
{
    struct shared *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_t ma; pthread_mutexattr_init(&ma); pthread_mutexattr_setpshared(&ma, PTHREAD_PROCESS_SHARED); pthread_mutex_init(&s->m, &ma);
    pthread_condattr_t ca; pthread_condattr_init(&ca); pthread_condattr_setpshared(&ca, PTHREAD_PROCESS_SHARED); pthread_cond_init(&s->c, &ca);
    sem_init(&s->sem, 1, 0);
    pid_t p = fork();
    int me = p == 0 ? 1 : 0;
    pthread_t t = 0;
    if (!me) pthread_create(&t, NULL, worker, s);
    for (int i = 0; i < 5; i++) {
        pthread_mutex_lock(&s->m);
        while (s->turn != me) pthread_cond_wait(&s->c, &s->m);
        s->log[s->n++] = me;
        s->turn = me + 1;
        pthread_cond_broadcast(&s->c);
        pthread_mutex_unlock(&s->m);
    }
    if (me) { sem_post(&s->sem); _exit(0); }
    void *r; pthread_join(t, &r); sem_wait(&s->sem); wait(NULL);
    for (int i = 0; i < s->n; i++) printf("%d", s->log[i]);
    printf(" thread %ld\n", (long)r);
    pthread_key_create(&key, destroy);
    pthread_t k; pthread_create(&k, NULL, keyed, "one"); pthread_join(k, NULL);
    pthread_once(&once, init); pthread_once(&once, init);
    tls++; printf("tls %d\n", tls);
    pthread_t z; pthread_create(&z, NULL, sleeper, NULL); usleep(1000); pthread_cancel(z); pthread_join(z, &r); printf("cancelled %d\n", r == PTHREAD_CANCELED);
    pthread_mutex_t e; pthread_mutexattr_settype(&ma, PTHREAD_MUTEX_ERRORCHECK); pthread_mutex_init(&e, &ma);
    printf("%s\n", strerror(pthread_mutex_unlock(&e))); pthread_mutex_lock(&e); printf("%s\n", strerror(pthread_mutex_lock(&e))); printf("%s\n", strerror(pthread_mutex_trylock(&e)));
    struct timespec ts; clock_gettime(CLOCK_REALTIME, &ts); ts.tv_nsec += 1000000; if (ts.tv_nsec >= 1000000000) { ts.tv_sec++; ts.tv_nsec -= 1000000000; }
    pthread_mutex_lock(&s->m); printf("%s\n", strerror(pthread_cond_timedwait(&s->c, &s->m, &ts))); pthread_mutex_unlock(&s->m);
    printf("%d %s\n", sem_trywait(&s->sem), strerror(errno));
    pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER; pthread_rwlock_rdlock(&rw); printf("%s\n", strerror(pthread_rwlock_trywrlock(&rw))); pthread_rwlock_unlock(&rw);
    char name[16]; pthread_setname_np(pthread_self(), "renamed"); pthread_getname_np(pthread_self(), name, 16); puts(name);
    printf("%s\n", strerror(pthread_setname_np(pthread_self(), "this name is too long")));
    return 0;
}
