#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
void psiginfo(const siginfo_t *info, const char *text) {
  fprintf(stderr, "%s%s%s (%d, code %d, from pid %d, uid %d)\n", text && *text ? text : "", text && *text ? ": " : "", strsignal(info->si_signo), info->si_signo, info->si_code, info->si_pid, info->si_uid);
}
