#define _GNU_SOURCE
#include <errno.h>
#include <libc/syscall.h>
#include <mqueue.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* What the kernel gives back when a message has come: whom to call. Its last byte says that it came. */
union cookie {
  struct { void (*function)(union sigval); union sigval value; pthread_attr_t *attributes; } call;
  char bytes[32];
};
#define WOKENUP 1

static int sock = -1;
static pid_t helper_of;

static void *call_it(void *argument) {
  union cookie c = *(union cookie *)argument;
  free(argument);
  c.call.function(c.call.value);
  return 0;
}

/* Reads at the socket, and has a new thread make each call, with the attributes that were asked for. */
static void *wait_for_messages(void *none) {
  for (;;) {
    union cookie got, *own;
    pthread_attr_t attributes;
    pthread_t thread;
    if (recv(sock, &got, sizeof got, MSG_NOSIGNAL | MSG_WAITALL) < (ssize_t)sizeof got) continue;
    if (got.bytes[sizeof got - 1] == WOKENUP && (own = malloc(sizeof *own))) {
      *own = got;
      if (got.call.attributes) attributes = *got.call.attributes;
      else pthread_attr_init(&attributes);
      pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
      if (pthread_create(&thread, &attributes, call_it, own)) free(own);
    }
    free(got.call.attributes);
  }
  return none;
}

/* One helper for all queues of a process; a child of fork has none yet. Signals of the program are not for it. */
static int start_helper(void) {
  sigset_t all, before;
  pthread_t helper;
  if (helper_of == getpid()) return 0;
  if (sock >= 0) close(sock);
  sock = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0);
  if (sock < 0) return -1;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  int failed = pthread_create(&helper, 0, wait_for_messages, 0);
  pthread_sigmask(SIG_SETMASK, &before, 0);
  if (failed) {
    errno = failed;
    return -1;
  }
  helper_of = getpid();
  return 0;
}

int mq_notify(mqd_t queue, const struct sigevent *event) {
  union cookie c = { 0 };
  if (!event || event->sigev_notify != SIGEV_THREAD) return (int)SYS2(SYS_mq_notify, queue, event);
  if (start_helper() < 0) return -1;
  c.call.function = event->sigev_notify_function;
  c.call.value = event->sigev_value;
  if (event->sigev_notify_attributes) {
    c.call.attributes = malloc(sizeof *c.call.attributes);
    if (!c.call.attributes) return -1;
    *c.call.attributes = *(pthread_attr_t *)event->sigev_notify_attributes;
  }
  struct sigevent own = { .sigev_value.sival_ptr = &c, .sigev_signo = sock, .sigev_notify = SIGEV_THREAD };
  int failed = (int)SYS2(SYS_mq_notify, queue, &own);
  if (failed) free(c.call.attributes);
  return failed;
}
