#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define NUM_THREADS 4

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static long total;
static int turn;
static __thread int mine;

struct thread_data { int id; const char *message; };

void *PrintHello(void *threadarg)
{
   struct thread_data *d = threadarg;
   int i;
   mine = d->id * 10;
   for (i = 0; i < 1000; i++) {
      pthread_mutex_lock(&lock);
      total += d->id;
      pthread_mutex_unlock(&lock);
   }
   pthread_mutex_lock(&lock);
   while (turn != d->id) pthread_cond_wait(&cond, &lock);
   printf("thread %d: %s, mine=%d, same pid %d\n", d->id, d->message, mine, getpid() == 7001);
   turn++;
   pthread_cond_broadcast(&cond);
   pthread_mutex_unlock(&lock);
   if (d->id == 2) pthread_exit((void *)(long)99);
   return (void *)(long)(d->id + 1);
}

int main(void)
{
   pthread_t th[NUM_THREADS];
   struct thread_data data[NUM_THREADS];
   const char *msgs[] = { "English", "Français", "Español", "Klingon" };
   for (int t = 0; t < NUM_THREADS; t++) {
      data[t].id = t;
      data[t].message = msgs[t];
      int rc = pthread_create(&th[t], NULL, PrintHello, &data[t]);
      if (rc) { printf("ERROR; return code is %d\n", rc); exit(-1); }
   }
   void *ret[NUM_THREADS];
   for (int t = 0; t < NUM_THREADS; t++)
      pthread_join(th[t], &ret[t]);
   for (int t = 0; t < NUM_THREADS; t++)
      printf("joined %d: %ld\n", t, (long)ret[t]);
   printf("total %ld, mine %d\n", total, mine);
   return 0;
}
