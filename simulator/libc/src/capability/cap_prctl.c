#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <libc/capability.h>
#include <sys/prctl.h>
#include <unistd.h>

int cap_get_bound(cap_value_t cap) { return prctl(PR_CAPBSET_READ, (long)cap, 0l, 0l, 0l); }
int cap_drop_bound(cap_value_t cap) { return prctl(PR_CAPBSET_DROP, (long)cap, 0l, 0l, 0l); }
int cap_get_ambient(cap_value_t cap) { return prctl(PR_CAP_AMBIENT, (long)PR_CAP_AMBIENT_IS_SET, (long)cap, 0l, 0l); }
int cap_set_ambient(cap_value_t cap, cap_flag_value_t value) {
  if (value != CAP_SET && value != CAP_CLEAR) {
    errno = EINVAL;
    return -1;
  }
  return prctl(PR_CAP_AMBIENT, value == CAP_SET ? (long)PR_CAP_AMBIENT_RAISE : (long)PR_CAP_AMBIENT_LOWER, (long)cap, 0l, 0l);
}
int cap_reset_ambient(void) { return prctl(PR_CAP_AMBIENT, (long)PR_CAP_AMBIENT_CLEAR_ALL, 0l, 0l, 0l); }
unsigned cap_get_secbits(void) { return (unsigned)prctl(PR_GET_SECUREBITS, 0l, 0l, 0l, 0l); }
int cap_set_secbits(unsigned bits) { return prctl(PR_SET_SECUREBITS, (long)bits, 0l, 0l, 0l); }
int cap_prctl(long option, long a, long b, long c, long d, long e) {
  (void)e;
  return prctl((int)option, a, b, c, d);
}

/* The capability that the change needs is raised for it, and the permitted ones are kept over it. */
static int with(cap_value_t cap, int (*change)(unsigned, size_t, const gid_t *), unsigned id, size_t count, const gid_t *groups) {
  cap_t now = cap_get_proc(), raised = cap_dup(now);
  cap_set_flag(raised, CAP_EFFECTIVE, 1, &cap, CAP_SET);
  int result = cap_set_proc(raised);
  if (result == 0) {
    prctl(PR_SET_KEEPCAPS, 1l, 0l, 0l, 0l);
    result = change(id, count, groups);
    int error = errno;
    prctl(PR_SET_KEEPCAPS, 0l, 0l, 0l, 0l);
    cap_clear_flag(now, CAP_EFFECTIVE);
    cap_set_proc(now);
    errno = error;
  }
  cap_free(raised);
  cap_free(now);
  return result;
}
static int change_uid(unsigned uid, size_t count, const gid_t *groups) {
  (void)count, (void)groups;
  return setreuid(uid, uid);
}
static int change_groups(unsigned gid, size_t count, const gid_t *groups) { return setregid(gid, gid) < 0 ? -1 : setgroups(count, groups); }
int cap_setuid(uid_t uid) { return with(CAP_SETUID, change_uid, uid, 0, 0); }
int cap_setgroups(gid_t gid, size_t count, const gid_t groups[]) { return with(CAP_SETGID, change_groups, gid, count, groups); }
