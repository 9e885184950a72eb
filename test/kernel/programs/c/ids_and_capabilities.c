#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <stdlib.h>
#include <fcntl.h>
#include <string.h>
#include <errno.h>
#include <sys/fsuid.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/capability.h>
/* link: -lcap */
int main(void) {
  uid_t r, e, s; getresuid(&r, &e, &s); printf("%d %d %d\n", r, e, s); printf("seteuid %d\n", seteuid(1000)); getresuid(&r, &e, &s); printf("%d %d %d\n", r, e, s); printf("back %d\n", seteuid(0)); if (r == 0) { setgroups(0, NULL); printf("groups %d\n", getgroups(0, NULL)); close(open("/tmp/suid", O_CREAT | O_WRONLY, 0755)); chown("/tmp/suid", 1000, 1000); chmod("/tmp/suid", 06755); struct stat st; stat("/tmp/suid", &st); printf("%o\n", st.st_mode); chown("/tmp/suid", 0, 0); stat("/tmp/suid", &st); printf("%o\n", st.st_mode); unlink("/tmp/suid"); prctl(PR_SET_KEEPCAPS, 1); setuid(1000); cap_t c = cap_get_proc(); cap_flag_value_t v; cap_get_flag(c, CAP_CHOWN, CAP_PERMITTED, &v); printf("permitted kept %d ", v); cap_get_flag(c, CAP_CHOWN, CAP_EFFECTIVE, &v); printf("effective %d\n", v); cap_value_t l[] = { CAP_NET_RAW, CAP_CHOWN }; cap_clear(c); cap_set_flag(c, CAP_PERMITTED, 2, l, CAP_SET); cap_set_flag(c, CAP_EFFECTIVE, 1, l, CAP_SET); cap_set_flag(c, CAP_INHERITABLE, 2, l, CAP_SET); if (cap_set_proc(c)) perror("cap_set_proc"); printf("%s\n", cap_to_text(c, NULL)); if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_RAW, 0, 0)) perror("ambient"); fflush(stdout); system("grep Cap /proc/self/status | head -n 3"); } else { if (setuid(0)) perror("setuid"); if (setgroups(0, NULL)) perror("setgroups"); if (chroot("/")) perror("chroot"); if (mknod("/tmp/x", S_IFCHR | 0600, 0)) perror("mknod"); if (sethostname("x", 1)) perror("sethostname"); } cap_value_t cv; cap_from_name("cap_sys_admin", &cv); printf("%d %s\n", cv, cap_to_name(12)); cap_t t = cap_from_text("cap_net_raw,cap_chown+ep cap_kill=i"); printf("%s\n", cap_to_text(t, NULL)); return 0;
}
