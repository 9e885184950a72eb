#include <errno.h>
#include <linux/filter.h>
#include <seccomp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What libseccomp 2.5 offers, by a filter of our own: for each rule its call and its arguments are compared, and the first that fits decides. */

#define MAGIC 0x5ecc0377u
#define MOST 4096
#define X32 0x40000000u

struct rule { struct rule *next; int nr; unsigned action, count; struct scmp_arg_cmp args[6]; };
struct filter { unsigned magic, attr[_SCMP_FLTATR_MAX]; int native, listener; struct rule *rules; };
static const struct scmp_version version = { SCMP_VER_MAJOR, SCMP_VER_MINOR, SCMP_VER_MICRO };

const struct scmp_version *seccomp_version(void) { return &version; }
unsigned seccomp_api_get(void) { return 6; }
int seccomp_api_set(unsigned level) { return level >= 1 && level <= 6 ? 0 : -EINVAL; }
uint32_t seccomp_arch_native(void) { return SCMP_ARCH_X86_64; }
uint32_t seccomp_arch_resolve_name(const char *name) { return name && !strcmp(name, "x86_64") ? SCMP_ARCH_X86_64 : name && !strcmp(name, "x86") ? SCMP_ARCH_X86 : 0; }

static int known_action(unsigned action) {
  switch (action & SECCOMP_RET_ACTION_FULL) {
    case SCMP_ACT_ERRNO(0): case SCMP_ACT_TRACE(0): return 1;
    case SCMP_ACT_KILL_PROCESS: case SCMP_ACT_KILL_THREAD: case SCMP_ACT_TRAP: case SCMP_ACT_NOTIFY: case SCMP_ACT_LOG: case SCMP_ACT_ALLOW: return !(action & 0xffff);
    default: return 0;
  }
}

static struct filter *valid(scmp_filter_ctx ctx) {
  struct filter *f = ctx;
  return f && f->magic == MAGIC ? f : 0;
}

static void forget_rules(struct filter *f) {
  while (f->rules) {
    struct rule *next = f->rules->next;
    free(f->rules);
    f->rules = next;
  }
}

int seccomp_reset(scmp_filter_ctx ctx, uint32_t action) {
  struct filter *f = valid(ctx);
  if (!f || !known_action(action)) return -EINVAL;
  forget_rules(f);
  memset(f->attr, 0, sizeof f->attr);
  f->attr[SCMP_FLTATR_ACT_DEFAULT] = action;
  f->attr[SCMP_FLTATR_ACT_BADARCH] = SCMP_ACT_KILL;
  f->attr[SCMP_FLTATR_CTL_NNP] = 1;
  f->attr[SCMP_FLTATR_CTL_OPTIMIZE] = 1;
  f->native = 1;
  f->listener = -1;
  return 0;
}
scmp_filter_ctx seccomp_init(uint32_t action) {
  struct filter *f = known_action(action) ? calloc(1, sizeof *f) : 0;
  if (!f) return 0;
  f->magic = MAGIC;
  seccomp_reset(f, action);
  return f;
}
void seccomp_release(scmp_filter_ctx ctx) {
  struct filter *f = valid(ctx);
  if (!f) return;
  forget_rules(f);
  f->magic = 0;
  free(f);
}

static int native(uint32_t arch) { return arch == SCMP_ARCH_NATIVE || arch == SCMP_ARCH_X86_64; }
int seccomp_arch_exist(const scmp_filter_ctx ctx, uint32_t arch) {
  struct filter *f = valid(ctx);
  return !f ? -EINVAL : native(arch) && f->native ? 0 : -EEXIST;
}
/* Other architectures have no calls here: that they are known changes nothing. */
int seccomp_arch_add(scmp_filter_ctx ctx, uint32_t arch) {
  struct filter *f = valid(ctx);
  if (!f) return -EINVAL;
  if (!native(arch)) return 0;
  if (f->native) return -EEXIST;
  f->native = 1;
  return 0;
}
int seccomp_arch_remove(scmp_filter_ctx ctx, uint32_t arch) {
  struct filter *f = valid(ctx);
  if (!f) return -EINVAL;
  if (!native(arch) || !f->native) return -EEXIST;
  f->native = 0;
  return 0;
}

int seccomp_attr_get(const scmp_filter_ctx ctx, enum scmp_filter_attr attr, uint32_t *value) {
  struct filter *f = valid(ctx);
  if (!f) return -EINVAL;
  if (attr <= _SCMP_FLTATR_MIN || attr >= _SCMP_FLTATR_MAX) return -EEXIST;
  *value = f->attr[attr];
  return 0;
}
int seccomp_attr_set(scmp_filter_ctx ctx, enum scmp_filter_attr attr, uint32_t value) {
  struct filter *f = valid(ctx);
  if (!f) return -EINVAL;
  if (attr == SCMP_FLTATR_ACT_DEFAULT) return -EACCES;
  if (attr <= _SCMP_FLTATR_MIN || attr >= _SCMP_FLTATR_MAX) return -EEXIST;
  if (attr == SCMP_FLTATR_ACT_BADARCH && !known_action(value)) return -EINVAL;
  if (attr == SCMP_FLTATR_CTL_OPTIMIZE && value != 1 && value != 2) return value ? -EOPNOTSUPP : -EINVAL;
  f->attr[attr] = attr == SCMP_FLTATR_ACT_BADARCH || attr == SCMP_FLTATR_CTL_OPTIMIZE ? value : !!value;
  return 0;
}
int seccomp_syscall_priority(scmp_filter_ctx ctx, int nr, uint8_t priority) {
  (void)priority;
  return !valid(ctx) || nr == __NR_SCMP_ERROR ? -EINVAL : 0;
}

int seccomp_rule_add_array(scmp_filter_ctx ctx, uint32_t action, int nr, unsigned count, const struct scmp_arg_cmp *args) {
  struct filter *f = valid(ctx);
  if (!f || count > 6 || (count && !args) || nr == -1) return -EINVAL;
  if (!known_action(action)) return -EINVAL;
  if (action == f->attr[SCMP_FLTATR_ACT_DEFAULT]) return -EACCES;
  for (unsigned i = 0, seen = 0; i < count; i++) {
    if (args[i].arg > 5 || args[i].op <= _SCMP_CMP_MIN || args[i].op >= _SCMP_CMP_MAX || seen & 1u << args[i].arg) return -EINVAL;
    seen |= 1u << args[i].arg;
  }
  /* calls of other architectures only */
  if (nr < 0) return 0;
  struct rule **at = &f->rules;
  while (*at) {
    struct rule *old = *at;
    if (old->nr == nr && !old->count) return old->action == action || count ? 0 : -EEXIST;
    if (old->nr == nr && !count) {
      /* whatever the arguments are */
      *at = old->next;
      free(old);
    } else at = &old->next;
  }
  struct rule *r = calloc(1, sizeof *r);
  if (!r) return -ENOMEM;
  r->nr = nr;
  r->action = action;
  r->count = count;
  for (unsigned i = 0; i < count; i++) r->args[i] = args[i];
  *at = r;
  return 0;
}
static int add(scmp_filter_ctx ctx, uint32_t action, int nr, unsigned count, va_list list) {
  struct scmp_arg_cmp args[6];
  if (count > 6) return -EINVAL;
  for (unsigned i = 0; i < count; i++) args[i] = va_arg(list, struct scmp_arg_cmp);
  return seccomp_rule_add_array(ctx, action, nr, count, args);
}
int seccomp_rule_add(scmp_filter_ctx ctx, uint32_t action, int nr, unsigned count, ...) {
  va_list list;
  va_start(list, count);
  int result = add(ctx, action, nr, count, list);
  va_end(list);
  return result;
}
int seccomp_rule_add_exact(scmp_filter_ctx ctx, uint32_t action, int nr, unsigned count, ...) {
  va_list list;
  va_start(list, count);
  int result = nr < -1 ? -EDOM : add(ctx, action, nr, count, list);
  va_end(list);
  return result;
}
int seccomp_rule_add_exact_array(scmp_filter_ctx ctx, uint32_t action, int nr, unsigned count, const struct scmp_arg_cmp *args) {
  return nr < -1 ? -EDOM : seccomp_rule_add_array(ctx, action, nr, count, args);
}

/* A program that grows. `FAIL` in place of a distance: to the end of the rule. */
struct code { struct sock_filter *at; unsigned short n, bad; };
#define FAIL 0xff
static void put(struct code *c, int code, unsigned k, int jt, int jf) {
  if (c->n == MOST) c->bad = 1;
  else c->at[c->n++] = (struct sock_filter){ code, jt, jf, k };
}
static void load(struct code *c, unsigned offset) { put(c, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0); }
static void jump(struct code *c, int how, unsigned k, int jt, int jf) { put(c, BPF_JMP | how | BPF_K, k, jt, jf); }

/* The two halves of an argument, the upper one first. */
static void compare(struct code *c, const struct scmp_arg_cmp *a) {
  unsigned low = offsetof(struct seccomp_data, args) + 8 * a->arg, high = low + 4;
  unsigned h = a->datum_a >> 32, l = (unsigned)a->datum_a;
  load(c, high);
  switch (a->op) {
    case SCMP_CMP_MASKED_EQ:
      put(c, BPF_ALU | BPF_AND | BPF_K, h, 0, 0);
      jump(c, BPF_JEQ, a->datum_b >> 32, 0, FAIL);
      load(c, low);
      put(c, BPF_ALU | BPF_AND | BPF_K, l, 0, 0);
      jump(c, BPF_JEQ, (unsigned)a->datum_b, 0, FAIL);
      return;
    case SCMP_CMP_EQ:
      jump(c, BPF_JEQ, h, 0, FAIL);
      load(c, low);
      jump(c, BPF_JEQ, l, 0, FAIL);
      return;
    case SCMP_CMP_NE:
      jump(c, BPF_JEQ, h, 0, 2);
      load(c, low);
      jump(c, BPF_JEQ, l, FAIL, 0);
      return;
    case SCMP_CMP_GT: case SCMP_CMP_GE:
      jump(c, BPF_JGT, h, 3, 0);
      jump(c, BPF_JEQ, h, 0, FAIL);
      load(c, low);
      jump(c, a->op == SCMP_CMP_GT ? BPF_JGT : BPF_JGE, l, 0, FAIL);
      return;
    default:
      jump(c, BPF_JGT, h, FAIL, 0);
      jump(c, BPF_JEQ, h, 0, 2);
      load(c, low);
      jump(c, a->op == SCMP_CMP_LT ? BPF_JGE : BPF_JGT, l, FAIL, 0);
  }
}

static void put_rule(struct code *c, const struct rule *r) {
  unsigned short from = c->n;
  load(c, offsetof(struct seccomp_data, nr));
  jump(c, BPF_JEQ, r->nr, 0, FAIL);
  for (unsigned i = 0; i < r->count; i++) compare(c, &r->args[i]);
  put(c, BPF_RET | BPF_K, r->action, 0, 0);
  for (unsigned short i = from; i < c->n; i++) {
    if (BPF_CLASS(c->at[i].code) != BPF_JMP) continue;
    if (c->at[i].jt == FAIL) c->at[i].jt = c->n - i - 1;
    if (c->at[i].jf == FAIL) c->at[i].jf = c->n - i - 1;
  }
}

/* The program; null: too long, or no memory. To be freed. */
static struct sock_filter *program(const struct filter *f, unsigned short *length) {
  struct code c = { malloc(MOST * sizeof(struct sock_filter)), 0, 0 };
  if (!c.at) return 0;
  load(&c, offsetof(struct seccomp_data, arch));
  jump(&c, BPF_JEQ, SCMP_ARCH_X86_64, 1, 0);
  put(&c, BPF_RET | BPF_K, f->attr[SCMP_FLTATR_ACT_BADARCH], 0, 0);
  load(&c, offsetof(struct seccomp_data, nr));
  jump(&c, BPF_JGE, X32, 0, 2);
  jump(&c, BPF_JEQ, 0xffffffff, 1, 0);
  put(&c, BPF_RET | BPF_K, f->attr[SCMP_FLTATR_ACT_BADARCH], 0, 0);
  for (const struct rule *r = f->native ? f->rules : 0; r; r = r->next) put_rule(&c, r);
  put(&c, BPF_RET | BPF_K, f->attr[SCMP_FLTATR_ACT_DEFAULT], 0, 0);
  if (c.bad) {
    free(c.at);
    return 0;
  }
  *length = c.n;
  return c.at;
}

static int uses_listener(const struct filter *f) {
  for (const struct rule *r = f->rules; r; r = r->next) if (r->action == SCMP_ACT_NOTIFY) return 1;
  return f->attr[SCMP_FLTATR_ACT_DEFAULT] == SCMP_ACT_NOTIFY;
}

int seccomp_load(const scmp_filter_ctx ctx) {
  struct filter *f = valid(ctx);
  struct sock_fprog prog;
  if (!f) return -EINVAL;
  prog.filter = program(f, &prog.len);
  if (!prog.filter) return -ENOMEM;
  int listens = uses_listener(f), result = 0;
  unsigned long flags = (f->attr[SCMP_FLTATR_CTL_LOG] ? SECCOMP_FILTER_FLAG_LOG : 0) | (f->attr[SCMP_FLTATR_CTL_SSB] ? SECCOMP_FILTER_FLAG_SPEC_ALLOW : 0)
    | (listens ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0) | (f->attr[SCMP_FLTATR_CTL_TSYNC] ? SECCOMP_FILTER_FLAG_TSYNC | (listens ? SECCOMP_FILTER_FLAG_TSYNC_ESRCH : 0) : 0);
  if (f->attr[SCMP_FLTATR_CTL_NNP] && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) result = -errno;
  else {
    long got = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &prog);
    if (got < 0) result = -errno;
    else if (listens) f->listener = (int)got;
    else if (got > 0) result = -ESRCH;
  }
  free(prog.filter);
  return result && !f->attr[SCMP_FLTATR_API_SYSRAWRC] ? -ECANCELED : result;
}
int seccomp_export_bpf(const scmp_filter_ctx ctx, int fd) {
  struct filter *f = valid(ctx);
  unsigned short length;
  struct sock_filter *made = f ? program(f, &length) : 0;
  if (!made) return f ? -ENOMEM : -EINVAL;
  ssize_t size = length * sizeof *made, done = write(fd, made, size);
  int result = done == size ? 0 : f->attr[SCMP_FLTATR_API_SYSRAWRC] ? -errno : -ECANCELED;
  free(made);
  return result;
}

int seccomp_notify_alloc(struct seccomp_notif **request, struct seccomp_notif_resp **response) {
  if (request && !(*request = calloc(1, sizeof **request))) return -ENOMEM;
  if (response && !(*response = calloc(1, sizeof **response))) return -ENOMEM;
  return 0;
}
void seccomp_notify_free(struct seccomp_notif *request, struct seccomp_notif_resp *response) {
  free(request);
  free(response);
}
int seccomp_notify_receive(int fd, struct seccomp_notif *request) { return ioctl(fd, SECCOMP_IOCTL_NOTIF_RECV, request) < 0 ? -ECANCELED : 0; }
int seccomp_notify_respond(int fd, struct seccomp_notif_resp *response) { return ioctl(fd, SECCOMP_IOCTL_NOTIF_SEND, response) < 0 ? -ECANCELED : 0; }
int seccomp_notify_id_valid(int fd, uint64_t id) { return ioctl(fd, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) < 0 ? -ENOENT : 0; }
int seccomp_notify_fd(const scmp_filter_ctx ctx) {
  struct filter *f = valid(ctx);
  return f ? f->listener : -EINVAL;
}
