// libcap: text of many sets and back.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/capability.h>

static unsigned long state = 11;
static int below(int n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (int)((state >> 33) % (unsigned long)n);
}
static void show(cap_t caps) {
  ssize_t length;
  char *text = cap_to_text(caps, &length);
  cap_t again = cap_from_text(text);
  printf("%s %zd %d\n", text, length, again ? cap_compare(caps, again) : -1);
  cap_free(text);
  if (again) cap_free(again);
}
static void from(const char *text) {
  cap_t caps = cap_from_text(text);
  printf("[%s] ", text);
  if (!caps) printf("null %d\n", errno);
  else {
    show(caps);
    cap_free(caps);
  }
}
int main(void) {
  cap_t caps = cap_init();
  show(caps);
  for (int i = 0; i < 200; i++) {
    cap_clear(caps);
    int whole = below(4);
    for (int set = 0; set < 3; set++) {
      for (cap_value_t c = 0; c <= CAP_LAST_CAP; c++) if (whole >> set & 1 ? below(12) : !below(12)) cap_set_flag(caps, set, 1, &c, CAP_SET);
    }
    if (below(3) == 0) cap_fill(caps, CAP_PERMITTED, CAP_EFFECTIVE);
    show(caps);
  }
  cap_free(caps);
  static const char *texts[] = { "", "=", "=ep", "all=ep", "cap_chown=ep", "cap_chown,cap_kill+ep", "=ep cap_chown-e", "cap_net_raw=eip cap_net_raw-i", "CAP_CHOWN=p", "cap_chown", "nothing=ep", "=x", "cap_chown=ep cap_kill=i",
    "40=ep", "cap_chown+p-e+i", "+ep", "=p+e", "cap_sys_admin+=p", "  =e  ", "cap_chown,=p", "all+p", "=ip cap_kill=" };
  for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++) from(texts[i]);
  for (int i = 0; i < 45; i++) {
    char *name = cap_to_name(i);
    cap_value_t value = -1;
    printf("%s %d ", name, cap_from_name(name, &value));
    printf("%d\n", value);
    cap_free(name);
  }
  cap_flag_value_t value;
  caps = cap_from_text("cap_kill=e");
  printf("%d", cap_get_flag(caps, CAP_KILL, CAP_EFFECTIVE, &value));
  printf(" %d %d %d\n", value, cap_get_flag(caps, 99, CAP_EFFECTIVE, &value), errno);
  printf("%d\n", cap_free(caps));
  return 0;
}
