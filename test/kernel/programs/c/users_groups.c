#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <sys/types.h>
#include <sys/utsname.h>
#include <unistd.h>
int main(void)
{
    struct passwd *pw = getpwuid(getuid());
    struct group *gr = getgrgid(getgid());
    struct utsname u;
    printf("%s %d %d %s %s %s\n", pw->pw_name, pw->pw_uid, pw->pw_gid, pw->pw_gecos, pw->pw_dir, pw->pw_shell);
    printf("%s\n", gr->gr_name);
    pw = getpwnam("nobody"); printf("nobody %d\n", pw ? (int)pw->pw_uid : -1);
    pw = getpwnam("missing"); printf("missing %s\n", pw ? "?" : "not found");
    printf("%s\n", getgrnam("tty")->gr_gid == 5 ? "tty 5" : "?");
    setpwent();
    while ((pw = getpwent())) printf("%s ", pw->pw_name);
    endpwent(); puts("");
    uname(&u);
    printf("%s %s %s %s %s\n", u.sysname, u.nodename, u.release, u.version, u.machine);
    printf("pid %d ppid %d pgrp %d sid %d\n", getpid(), getppid(), getpgrp(), getsid(0));
    printf("tty %d %d %d\n", isatty(0), isatty(1), isatty(2));
    printf("login home %s\n", getenv("HOME"));
    printf("setuid(1000) %d\n", setuid(1000));
    printf("setuid(0) %d %s\n", setuid(0), strerror(errno));
    printf("uid %d euid %d gid %d\n", getuid(), geteuid(), getgid());
    printf("pagesize %ld clk %ld open_max %ld cpus>0 %d\n", sysconf(_SC_PAGESIZE), sysconf(_SC_CLK_TCK), sysconf(_SC_OPEN_MAX), sysconf(_SC_NPROCESSORS_ONLN) > 0);
    return 0;
}
