#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>
#include <mntent.h>
static void step(const char *what, int r) { if (r) printf("%-28s %s\n", what, strerror(errno)); else printf("%-28s ok\n", what); }
static void tags(const char *dir)
{
    FILE *f = fopen("/proc/self/mountinfo", "r"); char line[1024];
    while (fgets(line, sizeof line, f)) {
        char root[256], mp[256], opts[256]; int id, par, maj, min, n;
        if (sscanf(line, "%d %d %d:%d %255s %255s %255s%n", &id, &par, &maj, &min, root, mp, opts, &n) != 7 || strncmp(mp, dir, strlen(dir))) continue;
        char *sep = strstr(line + n, " - "); *sep = 0; char type[64], src[64], sup[256]; sscanf(sep + 3, "%63s %63s %255s", type, src, sup);
        printf("  %s %s %s%s %s %s %s\n", root, mp, opts, strstr(line + n, "shared") ? " S" : strstr(line + n, "master") ? " M" : strstr(line + n, "unbindable") ? " U" : "", type, src, sup);
    }
    fclose(f);
}
int main(void)
{
    if (getuid()) { if (unshare(CLONE_NEWUSER | CLONE_NEWNS)) { perror("unshare"); return 1; } 
        FILE *f = fopen("/proc/self/setgroups", "w"); fputs("deny", f); fclose(f); f = fopen("/proc/self/uid_map", "w"); fprintf(f, "0 1000 1"); fclose(f); f = fopen("/proc/self/gid_map", "w"); fprintf(f, "0 1000 1"); fclose(f); }
    else step("unshare", unshare(CLONE_NEWNS));
    step("rslave", mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL));
    mkdir("/tmp/m", 0755); 
    step("tmpfs", mount("mine", "/tmp/m", "tmpfs", MS_NOSUID | MS_NODEV, "size=64k,nr_inodes=20,mode=0700"));
    tags("/tmp/m");
    step("shared", mount(NULL, "/tmp/m", NULL, MS_SHARED, NULL));
    mkdir("/tmp/m/a", 0755); mkdir("/tmp/m/b", 0755); mkdir("/tmp/m/c", 0755);
    step("bind a b", mount("/tmp/m/a", "/tmp/m/b", NULL, MS_BIND, NULL));
    step("remount ro", mount(NULL, "/tmp/m/b", NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL));
    step("write ro", open("/tmp/m/b/x", O_CREAT | O_WRONLY, 0600) < 0);
    step("write rw", open("/tmp/m/a/x", O_CREAT | O_WRONLY, 0600) < 0);
    step("access W", access("/tmp/m/b/x", W_OK));
    step("move from shared", mount("/tmp/m/b", "/tmp/m/c", NULL, MS_MOVE, NULL));
    step("private", mount(NULL, "/tmp/m", NULL, MS_PRIVATE, NULL));
    step("move", mount("/tmp/m/b", "/tmp/m/c", NULL, MS_MOVE, NULL));
    step("unbindable", mount(NULL, "/tmp/m/c", NULL, MS_UNBINDABLE, NULL));
    step("bind of unbindable", mount("/tmp/m/c", "/tmp/m/b", NULL, MS_BIND, NULL));
    tags("/tmp/m");
    step("umount busy", umount("/tmp/m"));
    int fd = open("/tmp/m/c", O_RDONLY);
    step("umount open", umount("/tmp/m/c"));
    step("expire first", umount2("/tmp/m/c", MNT_EXPIRE));
    close(fd);
    step("expire again", umount2("/tmp/m/c", MNT_EXPIRE)); step("expire again", umount2("/tmp/m/c", MNT_EXPIRE));
    step("not a mountpoint", umount("/tmp/m/c")); step("missing", umount("/tmp/nope")); step("bad type", mount("x", "/tmp/m/a", "nosuchfs", 0, NULL));
    step("bad option", mount("x", "/tmp/m/a", "tmpfs", 0, "bogus=1")); step("no source", mount(NULL, "/tmp/m/a", NULL, MS_BIND, NULL)); step("two flags", mount(NULL, "/tmp/m", NULL, MS_SHARED | MS_PRIVATE, NULL)); step("shared+data", mount(NULL, "/tmp/m", NULL, MS_SHARED | MS_NODEV, NULL));
    step("file on dir", mount("/tmp/m/a/x", "/tmp/m/c", NULL, MS_BIND, NULL)); close(open("/tmp/m/f", O_CREAT | O_WRONLY, 0600)); step("file on file", mount("/tmp/m/a/x", "/tmp/m/f", NULL, MS_BIND, NULL)); step("unlink mountpoint", unlink("/tmp/m/f")); step("rmdir", rmdir("/tmp/m/a")); step("rename onto", rename("/tmp/m/c", "/tmp/m/f"));
    int r = 0, w = open("/tmp/m/big", O_CREAT | O_WRONLY, 0600); char buf[4096] = { 1 }; while ((r = write(w, buf, sizeof buf)) > 0) ; step("full", r < 0 ? -1 : 0); struct stat st; fstat(w, &st); printf("%lld\n", (long long)st.st_size);
    struct statfs s; statfs("/tmp/m", &s); printf("%lx %ld %ld %ld %ld\n", (long)s.f_type, (long)s.f_bsize, (long)s.f_blocks, (long)s.f_files, (long)s.f_namelen); struct statvfs v; statvfs("/tmp/m", &v); printf("%lx %d\n", v.f_flag, v.f_namemax == 255);
    for (int i = 0; i < 30; i++) { char n[30]; sprintf(n, "/tmp/m/n%d", i); int x = open(n, O_CREAT | O_WRONLY, 0600); if (x < 0) { step("inodes", -1); break; } close(x); }
    step("remount bigger", mount(NULL, "/tmp/m", NULL, MS_REMOUNT, "size=128k")); tags("/tmp/m"); step("write more", write(w, buf, 4096) < 0); close(w);
    step("detach", umount2("/tmp/m", MNT_DETACH)); tags("/tmp/m"); step("proc", mount("proc", "/tmp/m", "proc", 0, NULL)); step("sysfs", mount("sysfs", "/tmp/m", "sysfs", 0, NULL)); step("devpts", mount("devpts", "/tmp/m", "devpts", 0, "newinstance,ptmxmode=0666")); step("mqueue", mount("mqueue", "/tmp/m", "mqueue", 0, NULL)); step("chroot", chroot("/tmp")); step("cwd", chdir("/")); 
    FILE *f = setmntent("/etc/fstab", "r"); printf("%d\n", f == NULL); return 0;
}
