// Threads, locks, keys, barriers, cancellation; what is printed does not depend on who runs first.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_barrier_t barrier;
static pthread_key_t key;
static sem_t sem;
static int counter, ready, serial, onces, destroyed;
static _Thread_local int own = 5;

static void run_once(void) { onces++; }
static void destroy(void *p) {
  pthread_mutex_lock(&mutex);
  destroyed += *(int *)p;
  pthread_mutex_unlock(&mutex);
  free(p);
}
static void *work(void *arg) {
  int *value = malloc(sizeof *value);
  *value = (int)(long)arg;
  pthread_setspecific(key, value);
  pthread_once(&once, run_once);
  own += (int)(long)arg;
  for (int i = 0; i < 1000; i++) {
    pthread_mutex_lock(&mutex);
    counter++;
    pthread_mutex_unlock(&mutex);
  }
  if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD) __sync_fetch_and_add(&serial, 1);
  pthread_rwlock_rdlock(&rwlock);
  pthread_rwlock_unlock(&rwlock);
  errno = (int)(long)arg;
  sem_post(&sem);
  return (void *)(long)(own + errno);
}
static void cleanup(void *arg) { printf("cleanup %s\n", (char *)arg); }
static void *waits(void *arg) {
  pthread_cleanup_push(cleanup, arg);
  pthread_mutex_lock(&mutex);
  ready = 1;
  pthread_cond_signal(&cond);
  pthread_mutex_unlock(&mutex);
  for (;;) pause();
  pthread_cleanup_pop(1);
  return 0;
}
static void *leaves(void *arg) {
  pthread_cleanup_push(cleanup, "leaves");
  pthread_exit(arg);
  pthread_cleanup_pop(0);
  return 0;
}
static int c11(void *arg) { return *(int *)arg * 2; }

int main(void) {
  pthread_t t[8];
  void *result;
  pthread_key_create(&key, destroy);
  pthread_barrier_init(&barrier, 0, 8);
  sem_init(&sem, 0, 0);
  for (long i = 0; i < 8; i++) pthread_create(&t[i], 0, work, (void *)(i + 1));
  for (int i = 0; i < 8; i++) sem_wait(&sem);
  for (int i = 0; i < 8; i++) {
    pthread_join(t[i], &result);
    printf("%ld ", (long)result);
  }
  printf("\n%d %d %d %d %d\n", counter, serial, onces, destroyed, own);
  pthread_create(&t[0], 0, waits, "waits");
  pthread_mutex_lock(&mutex);
  while (!ready) pthread_cond_wait(&cond, &mutex);
  pthread_mutex_unlock(&mutex);
  int cancelled = pthread_cancel(t[0]);
  printf("%d ", pthread_join(t[0], &result));
  printf("%d %d\n", result == PTHREAD_CANCELED, cancelled);
  pthread_create(&t[0], 0, leaves, (void *)77);
  pthread_join(t[0], &result);
  printf("%ld\n", (long)result);
  pthread_mutexattr_t attr;
  pthread_mutex_t m;
  pthread_mutexattr_init(&attr);
  pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&m, &attr);
  for (int i = 0; i < 5; i++) printf("%d ", i < 2 ? pthread_mutex_lock(&m) : pthread_mutex_unlock(&m));
  pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK);
  pthread_mutex_init(&m, &attr);
  for (int i = 0; i < 4; i++) printf("%d ", i < 2 ? pthread_mutex_lock(&m) : pthread_mutex_unlock(&m));
  pthread_mutex_lock(&mutex);
  printf("%d\n", pthread_mutex_trylock(&mutex));
  struct timespec until = { 1, 0 };
  printf("%d\n", pthread_cond_timedwait(&cond, &mutex, &until));
  pthread_mutex_unlock(&mutex);
  printf("%d ", sem_trywait(&sem));
  printf("%d ", errno == EAGAIN);
  printf("%d\n", pthread_join(pthread_self(), 0));
  char name[16];
  pthread_setname_np(pthread_self(), "named");
  pthread_getname_np(pthread_self(), name, sizeof name);
  printf("%s ", name);
  printf("%d\n", pthread_setname_np(pthread_self(), "much too long a name"));
  thrd_t c;
  int value = 21, got;
  thrd_create(&c, c11, &value);
  thrd_join(c, &got);
  printf("%d\n", got);
  pthread_attr_t a;
  size_t size;
  int state;
  pthread_attr_init(&a);
  pthread_attr_setstacksize(&a, 65536);
  pthread_attr_setdetachstate(&a, PTHREAD_CREATE_DETACHED);
  pthread_attr_getstacksize(&a, &size);
  pthread_attr_getdetachstate(&a, &state);
  printf("%zu %d %d\n", size, state, pthread_attr_setstacksize(&a, 100));
  fflush(stdout);
  pthread_exit(0);
}
