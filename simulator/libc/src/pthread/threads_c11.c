#define _GNU_SOURCE
#include <errno.h>
#include <libc/futex.h>
#include <pthread.h>
#include <stdlib.h>
#include <threads.h>

static int outcome(int error) { return error == 0 ? thrd_success : error == ENOMEM ? thrd_nomem : error == ETIMEDOUT ? thrd_timedout : error == EBUSY ? thrd_busy : thrd_error; }
struct start { thrd_start_t function; void *argument; };

static void *run(void *given) {
  struct start s = *(struct start *)given;
  free(given);
  return (void *)(long)s.function(s.argument);
}
int thrd_create(thrd_t *to, thrd_start_t function, void *argument) {
  struct start *s = malloc(sizeof *s);
  if (!s) return thrd_nomem;
  *s = (struct start){ function, argument };
  return outcome(pthread_create(to, 0, run, s));
}
int thrd_join(thrd_t t, int *result) {
  void *value;
  int error = pthread_join(t, &value);
  if (!error && result) *result = (int)(long)value;
  return outcome(error);
}
int thrd_detach(thrd_t t) { return outcome(pthread_detach(t)); }
void thrd_exit(int result) { pthread_exit((void *)(long)result); }
thrd_t thrd_current(void) { return pthread_self(); }
int thrd_equal(thrd_t a, thrd_t b) { return a == b; }
void thrd_yield(void) { sched_yield(); }
int thrd_sleep(const struct timespec *t, struct timespec *left) { return nanosleep(t, left) == 0 ? 0 : -1; }
int mtx_init(mtx_t *m, int type) {
  pthread_mutexattr_t a;
  pthread_mutexattr_init(&a);
  if (type & mtx_recursive) pthread_mutexattr_settype(&a, PTHREAD_MUTEX_RECURSIVE);
  return outcome(pthread_mutex_init((pthread_mutex_t *)m, &a));
}
int mtx_lock(mtx_t *m) { return outcome(pthread_mutex_lock((pthread_mutex_t *)m)); }
int mtx_trylock(mtx_t *m) { return outcome(pthread_mutex_trylock((pthread_mutex_t *)m)); }
int mtx_unlock(mtx_t *m) { return outcome(pthread_mutex_unlock((pthread_mutex_t *)m)); }
void mtx_destroy(mtx_t *m) { pthread_mutex_destroy((pthread_mutex_t *)m); }
int cnd_init(cnd_t *c) { return outcome(pthread_cond_init((pthread_cond_t *)c, 0)); }
int cnd_signal(cnd_t *c) { return outcome(pthread_cond_signal((pthread_cond_t *)c)); }
int cnd_broadcast(cnd_t *c) { return outcome(pthread_cond_broadcast((pthread_cond_t *)c)); }
int cnd_wait(cnd_t *c, mtx_t *m) { return outcome(pthread_cond_wait((pthread_cond_t *)c, (pthread_mutex_t *)m)); }
void cnd_destroy(cnd_t *c) { pthread_cond_destroy((pthread_cond_t *)c); }
int tss_create(tss_t *key, tss_dtor_t destructor) { return outcome(pthread_key_create(key, destructor)); }
void *tss_get(tss_t key) { return pthread_getspecific(key); }
int tss_set(tss_t key, void *value) { return outcome(pthread_setspecific(key, value)); }
void tss_delete(tss_t key) { pthread_key_delete(key); }
void call_once(once_flag *once, void (*function)(void)) { pthread_once(once, function); }
