#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <unistd.h>

static long limit(int resource) {
  struct rlimit r;
  return getrlimit(resource, &r) < 0 || r.rlim_cur == RLIM_INFINITY ? -1 : (long)r.rlim_cur;
}

static long arguments(void) {
  long stack = limit(RLIMIT_STACK);
  return stack < 0 || stack / 4 > 2097152 ? stack < 0 ? 4611686018427387903 : stack / 4 : stack / 4 < 131072 ? 131072 : stack / 4;
}

long sysconf(int name) {
  switch (name) {
    case _SC_ARG_MAX: return arguments();
    case _SC_CHILD_MAX: return limit(RLIMIT_NPROC);
    case _SC_OPEN_MAX: return limit(RLIMIT_NOFILE);
    case _SC_SIGQUEUE_MAX: return limit(RLIMIT_SIGPENDING);
    case _SC_CLK_TCK: return 100;
    case _SC_NGROUPS_MAX: return NGROUPS_MAX;
    case _SC_STREAM_MAX: return 16;
    case _SC_PAGESIZE: return 4096;
    case _SC_NPROCESSORS_CONF: case _SC_NPROCESSORS_ONLN: return get_nprocs();
    case _SC_PHYS_PAGES: return get_phys_pages();
    case _SC_AVPHYS_PAGES: return get_avphys_pages();
    case _SC_HOST_NAME_MAX: return HOST_NAME_MAX;
    case _SC_LOGIN_NAME_MAX: return LOGIN_NAME_MAX;
    case _SC_TTY_NAME_MAX: return TTY_NAME_MAX;
    case _SC_LINE_MAX: return LINE_MAX;
    case _SC_IOV_MAX: return 1024;
    case _SC_GETPW_R_SIZE_MAX: case _SC_GETGR_R_SIZE_MAX: return 1024;
    case _SC_ATEXIT_MAX: return INT_MAX;
    case _SC_THREAD_KEYS_MAX: return 1024;
    case _SC_THREAD_STACK_MIN: return PTHREAD_STACK_MIN;
    case _SC_THREAD_DESTRUCTOR_ITERATIONS: return 4;
    case _SC_RTSIG_MAX: return 32;
    case _SC_SEM_VALUE_MAX: return INT_MAX;
    case _SC_MQ_PRIO_MAX: return 32768;
    case _SC_DELAYTIMER_MAX: return INT_MAX;
    case _SC_SYMLOOP_MAX: case _SC_TIMER_MAX: case _SC_THREAD_THREADS_MAX: case _SC_SEM_NSEMS_MAX: case _SC_MQ_OPEN_MAX: return -1;
    case _SC_TZNAME_MAX: return 6;
    case _SC_RE_DUP_MAX: return 32767;
    case _SC_EXPR_NEST_MAX: return 32;
    case _SC_XOPEN_VERSION: return 700;
    case _SC_JOB_CONTROL: case _SC_SAVED_IDS: case _SC_REGEXP: case _SC_SHELL: return 1;
    case _SC_VERSION: case _SC_2_VERSION: case _SC_THREADS: case _SC_TIMERS: case _SC_MONOTONIC_CLOCK: case _SC_SEMAPHORES: case _SC_SHARED_MEMORY_OBJECTS:
    case _SC_MESSAGE_PASSING: case _SC_MAPPED_FILES: case _SC_MEMLOCK: case _SC_MEMORY_PROTECTION: case _SC_REALTIME_SIGNALS: case _SC_PRIORITY_SCHEDULING: return 200809;
    default:
      errno = EINVAL;
      return -1;
  }
}
int getpagesize(void) { return 4096; }
int getdtablesize(void) { return (int)limit(RLIMIT_NOFILE); }
