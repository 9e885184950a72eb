#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <errno.h>
#include <string.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#define N 4
pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER; pthread_cond_t c = PTHREAD_COND_INITIALIZER; pthread_barrier_t bar; pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER; pthread_once_t once = PTHREAD_ONCE_INIT; pthread_key_t key; __thread int tls = 5; atomic_int at; int count, ready; sem_t sem;
void init(void) { puts("once"); } void dtor(void *p) { __atomic_add_fetch(&count, 1000, __ATOMIC_SEQ_CST); free(p); }
void *work(void *a) { long id = (long)a; pthread_once(&once, init); pthread_setspecific(key, malloc(4)); tls += id; for (int i = 0; i < 1000; i++) { pthread_mutex_lock(&m); count++; pthread_mutex_unlock(&m); at++; } int r = pthread_barrier_wait(&bar); if (r == PTHREAD_BARRIER_SERIAL_THREAD) { pthread_mutex_lock(&m); ready = 1; pthread_cond_broadcast(&c); pthread_mutex_unlock(&m); } sem_post(&sem); return (void *)(id * tls); }
void cleanup(void *a) { printf("cleanup %s\n", (char *)a); }
void *canc(void *a) { pthread_cleanup_push(cleanup, "A"); pthread_cleanup_push(cleanup, "B"); for (;;) sleep(1); pthread_cleanup_pop(0); pthread_cleanup_pop(0); return 0; }
void *producer(void *a) { static int buf; return &buf; }
int main(void) {
  pthread_t t[N]; pthread_barrier_init(&bar, NULL, N); pthread_key_create(&key, dtor); sem_init(&sem, 0, 0);
  for (long i = 0; i < N; i++) pthread_create(&t[i], NULL, work, (void *)i);
  pthread_mutex_lock(&m); while (!ready) pthread_cond_wait(&c, &m); pthread_mutex_unlock(&m);
  for (int i = 0; i < N; i++) sem_wait(&sem); for (int i = 0; i < N; i++) { void *r; pthread_join(t[i], &r); printf("thread %d -> %ld\n", i, (long)r); }
  printf("count %d at %d tls %d\n", count, atomic_load(&at), tls);
  pthread_create(&t[0], 0, canc, 0); usleep(1000); pthread_cancel(t[0]); void *r; pthread_join(t[0], &r); printf("canceled %d\n", r == PTHREAD_CANCELED);
  printf("%s\n", strerror(pthread_mutex_trylock(&m))); printf("%s\n", strerror(pthread_mutex_trylock(&m))); pthread_mutex_unlock(&m);
  pthread_mutexattr_t ma; pthread_mutexattr_init(&ma); pthread_mutexattr_settype(&ma, PTHREAD_MUTEX_ERRORCHECK); pthread_mutex_t e; pthread_mutex_init(&e, &ma); pthread_mutex_lock(&e); printf("%s\n", strerror(pthread_mutex_lock(&e)));
  struct timespec ts; clock_gettime(CLOCK_REALTIME, &ts); ts.tv_nsec += 1000000; if (ts.tv_nsec >= 1000000000) { ts.tv_sec++; ts.tv_nsec -= 1000000000; } pthread_mutex_lock(&m); printf("%s\n", strerror(pthread_cond_timedwait(&c, &m, &ts))); pthread_mutex_unlock(&m);
  pthread_attr_t at2; pthread_attr_init(&at2); pthread_attr_setdetachstate(&at2, PTHREAD_CREATE_DETACHED); size_t ss; pthread_attr_getstacksize(&at2, &ss); printf("stack %zu\n", ss); pthread_create(&t[1], &at2, producer, 0); usleep(1000);
  pthread_rwlock_rdlock(&rw); printf("%s\n", strerror(pthread_rwlock_trywrlock(&rw))); pthread_rwlock_unlock(&rw); printf("%d\n", (int)syscall(SYS_gettid) == getpid()); char nm[16]; pthread_setname_np(pthread_self(), "mainthread"); pthread_getname_np(pthread_self(), nm, 16); puts(nm);
  pthread_exit(NULL);
}
