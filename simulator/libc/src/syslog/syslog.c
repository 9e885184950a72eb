#define _GNU_SOURCE
#include <libc/start.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

/* Nobody takes the messages; with LOG_PERROR they are on stderr, as with a real one. */
static const char *name;
static int options, mask = 0xff;
void openlog(const char *ident, int option, int facility) {
  (void)facility;
  name = ident;
  options = option;
}
void closelog(void) { name = 0; }
int setlogmask(int wanted) {
  int old = mask;
  if (wanted) mask = wanted;
  return old;
}
void vsyslog(int priority, const char *format, va_list ap) {
  char text[1024];
  if (!(mask & LOG_MASK(LOG_PRI(priority))) || !(options & LOG_PERROR)) return;
  vsnprintf(text, sizeof text, format, ap);
  size_t length = strlen(text);
  dprintf(2, "%s", name ? name : program_invocation_short_name);
  if (options & LOG_PID) dprintf(2, "[%d]", getpid());
  dprintf(2, ": %s%s", text, length > 0 && text[length - 1] == '\n' ? "" : "\n");
}
void syslog(int priority, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  vsyslog(priority, format, ap);
  va_end(ap);
}
