/* The _r readers of users and groups, rings of <sys/queue.h>, a tree that is destroyed, the old getdents, own wrappers of the mount calls beside <linux/mount.h>, and constants made of constants. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <gnu/libc-version.h>
#include <grp.h>
#include <linux/filter.h>
#include <linux/mount.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <pwd.h>
#include <search.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/queue.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const int STEP = 5;
static const int REACH = STEP * 3 + 1;
static const char *const greeting = "well met";
static const char *texts[] = { greeting, "bye" };

struct bead { int weight; CIRCLEQ_ENTRY(bead) ring; };
CIRCLEQ_HEAD(necklace, bead);

static int mount_setattr(int dir, const char *path, unsigned flags, struct mount_attr *to, size_t size) {
  return syscall(SYS_mount_setattr, dir, path, flags, to, size);
}

static void databases(void) {
  struct passwd user, *u;
  struct group group, *g;
  char text[2048];
  int error, groups = 0;

  while ((error = getpwent_r(&user, text, sizeof text, &u)) == 0) printf("user %s %d %s\n", u->pw_name, (int)u->pw_uid, u->pw_dir);
  printf("after the last: %s, %d\n", strerror(error), u == NULL);
  endpwent();
  printf("no room: %s\n", strerror(getpwent_r(&user, text, 4, &u)));
  while (getgrent_r(&group, text, sizeof text, &g) == 0)
    if (g->gr_gid == 0 || g->gr_gid == 1000) groups++, printf("group %s has %s\n", g->gr_name, g->gr_mem[0] ? g->gr_mem[0] : "nobody more");
  endgrent();
  printf("%d of them\n", groups);
}

static void rings(void) {
  struct necklace chain;
  struct bead beads[5], *b;

  CIRCLEQ_INIT(&chain);
  for (int i = 0; i < 5; i++) beads[i].weight = i * 10;
  CIRCLEQ_INSERT_HEAD(&chain, &beads[0], ring);
  CIRCLEQ_INSERT_AFTER(&chain, &beads[0], &beads[1], ring);
  CIRCLEQ_INSERT_BEFORE(&chain, &beads[0], &beads[2], ring);
  CIRCLEQ_INSERT_AFTER(&chain, &beads[0], &beads[3], ring);
  CIRCLEQ_INSERT_BEFORE(&chain, &beads[1], &beads[4], ring);
  CIRCLEQ_FOREACH(b, &chain, ring) printf("%d ", b->weight);
  CIRCLEQ_FOREACH_REVERSE(b, &chain, ring) printf("%d ", b->weight);
  struct bead *last = CIRCLEQ_LAST(&chain), *top = CIRCLEQ_FIRST(&chain);
  printf("and round: %d %d\n", CIRCLEQ_LOOP_NEXT(&chain, last, ring)->weight, CIRCLEQ_LOOP_PREV(&chain, top, ring)->weight);
}

static int released;
static void release(void *key) { released += *(int *)key; }
static int by_number(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

struct old_entry { unsigned long ino, off; unsigned short length; char name[]; };

static void old_listing(void) {
  char *buffer = malloc(4096);
  long read;
  int fd, seen = 0;

  mkdir("listed", 0755);
  mkdir("listed/inner", 0755);
  close(open("listed/a_file_of_mine", O_CREAT | O_WRONLY, 0600));
  fd = open("listed", O_RDONLY | O_DIRECTORY);
  printf("too small: %ld %m\n", syscall(SYS_getdents, fd, buffer, 8));
  read = syscall(SYS_getdents, fd, buffer, 4096);
  for (long at = 0; at < read;) {
    struct old_entry *entry = (struct old_entry *)(buffer + at);
    if (entry->name[0] != '.') seen += entry->length * (buffer[at + entry->length - 1] == 4 ? 1000 : buffer[at + entry->length - 1] == 8 ? 1 : 0);
    at += entry->length;
  }
  printf("%ld bytes, %d, then %ld\n", read, seen, syscall(SYS_getdents, fd, buffer, 4096));
  free(buffer);
}

static void refused_name(void) {
  struct sock_filter filter[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_sethostname, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EROFS),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { sizeof filter / sizeof *filter, filter };

  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  printf("filter: %d\n", prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program));
  fflush(stdout);
  printf("hostname's status: %d\n", system("hostname other") >> 8);
}

int main(void) {
  static const char *first = greeting;
  static long far = REACH - 100;
  int numbers[] = { 4, 1, 9 };
  void *tree = NULL;
  struct mount_attr attr = { .attr_set = MOUNT_ATTR_RDONLY };

  printf("glibc %s %s, %d %d %d\n", gnu_get_libc_version(), gnu_get_libc_release(), _DEFAULT_SOURCE, _ATFILE_SOURCE, F_SEAL_FUTURE_WRITE);
  printf("%s, %s, %d, %ld\n", first, texts[1], REACH, far);
  databases();
  rings();
  for (int i = 0; i < 3; i++) tsearch(&numbers[i], &tree, by_number);
  tdestroy(tree, release);
  printf("released %d\n", released);
  old_listing();
  printf("mount_setattr: %d", mount_setattr(-1, "/nowhere", 0, &attr, sizeof attr));
  printf(" %m\n");
  printf("mount_setattr: %d", mount_setattr(-1, "/", MS_REC, &attr, sizeof attr));
  printf(" %m\n");
  refused_name();
  return 0;
}
