#define _GNU_SOURCE
#include <errno.h>
#include <libc/capability.h>

cap_t cap_get_pid(pid_t pid) {
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, pid };
  struct __user_cap_data_struct data[2];
  cap_t caps = cap_init();
  if (!caps) return 0;
  if (capget(&header, data) < 0) {
    int error = errno;
    cap_free(caps);
    errno = error;
    return 0;
  }
  for (int i = 0; i < 2; i++) {
    caps->flat[i][CAP_EFFECTIVE] = data[i].effective;
    caps->flat[i][CAP_PERMITTED] = data[i].permitted;
    caps->flat[i][CAP_INHERITABLE] = data[i].inheritable;
  }
  return caps;
}
cap_t cap_get_proc(void) { return cap_get_pid(0); }
int cap_set_proc(cap_t caps) {
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct data[2];
  if (!caps || caps->magic != CAP_MAGIC) {
    errno = EINVAL;
    return -1;
  }
  for (int i = 0; i < 2; i++) data[i] = (struct __user_cap_data_struct){ caps->flat[i][CAP_EFFECTIVE], caps->flat[i][CAP_PERMITTED], caps->flat[i][CAP_INHERITABLE] };
  return capset(&header, data);
}
