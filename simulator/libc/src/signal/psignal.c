#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>

void psignal(int signo, const char *text) {
  const char *colon = text && *text ? ": " : "";
  if (!text) text = "";
  const char *description = sigdescr_np(signo);
  if (description) fprintf(stderr, "%s%s%s\n", text, colon, description);
  else fprintf(stderr, "%s%sUnknown signal %d\n", text, colon, signo);
}
