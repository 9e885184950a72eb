#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <ftw.h>
#include <glob.h>
#include <fnmatch.h>
#include <libgen.h>
static int seen(const char *p, const struct stat *s, int t, struct FTW *f) { printf("%*s%s %d %lld\n", f->level * 2, "", p + f->base, t, S_ISREG(s->st_mode) ? (long long)s->st_size : -1); return 0; }
static int cmp(const struct dirent **a, const struct dirent **b) { return strcmp((*b)->d_name, (*a)->d_name); }
int main(void)
{
    char d[] = "/tmp/testXXXXXX"; if (!mkdtemp(d)) { perror("mkdtemp"); return 1; }
    chdir(d);
    int dfd = open(".", O_RDONLY | O_DIRECTORY);
    mkdirat(dfd, "sub", 0750); int f = openat(dfd, "sub/file", O_CREAT | O_RDWR | O_EXCL, 0640);
    printf("%d\n", f > 0); dprintf(f, "line %d\n", 1);
    printf("%d %s\n", openat(dfd, "sub/file", O_CREAT | O_EXCL | O_WRONLY, 0600), strerror(errno));
    symlinkat("sub/file", dfd, "link"); linkat(dfd, "sub/file", dfd, "hard", 0);
    struct stat s; fstatat(dfd, "link", &s, AT_SYMLINK_NOFOLLOW); printf("%o %lld\n", s.st_mode, (long long)s.st_size);
    fstatat(dfd, "link", &s, 0); printf("%o %lld nlink %ld\n", s.st_mode, (long long)s.st_size, (long)s.st_nlink);
    struct statx sx; statx(dfd, "hard", 0, STATX_BASIC_STATS | STATX_MNT_ID, &sx); printf("%o %llu %u %d\n", sx.stx_mode, (unsigned long long)sx.stx_size, sx.stx_nlink, sx.stx_mask & STATX_SIZE ? 1 : 0);
    printf("%d %s\n", renameat2(dfd, "hard", dfd, "link", RENAME_NOREPLACE), strerror(errno));
    printf("%d\n", renameat2(dfd, "hard", dfd, "link", RENAME_EXCHANGE));
    char b[100]; ssize_t n = readlink("hard", b, sizeof b); printf("%.*s\n", (int)n, b);
    int t = open(".", O_TMPFILE | O_RDWR, 0600); printf("tmpfile %d\n", t > 0); if (t > 0) { write(t, "abc", 3); fstat(t, &s); printf("nlink %ld\n", (long)s.st_nlink); char p[50]; sprintf(p, "/proc/self/fd/%d", t); printf("%d\n", linkat(AT_FDCWD, p, dfd, "linked", AT_SYMLINK_FOLLOW)); }
    int op = open("sub/file", O_PATH); printf("%zd %s\n", read(op, b, 1), strerror(errno)); fstat(op, &s); printf("%lld\n", (long long)s.st_size); 
    printf("%d %s\n", rmdir("sub"), strerror(errno)); printf("%d %s\n", unlink("sub"), strerror(errno)); printf("%d %s\n", mkdir("link/x", 0700), strerror(errno));
    truncate("sub/file", 100); int q = open("sub/file", O_RDWR); lseek(q, 50, SEEK_SET); write(q, "mid", 3); pread(q, b, 3, 50); printf("%.3s %lld\n", b, (long long)lseek(q, 0, SEEK_CUR));
    printf("%lld\n", (long long)lseek(q, -10, SEEK_END)); printf("%lld %s\n", (long long)lseek(q, -200, SEEK_CUR), strerror(errno));
    char *m = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, q, 0); m[0] = 'M'; msync(m, 4096, MS_SYNC); pread(q, b, 4, 0); printf("%.4s\n", b); munmap(m, 4096);
    mkfifo("fifo", 0600); mknod("sock", S_IFSOCK | 0600, 0); access("fifo", X_OK) && printf("%s\n", strerror(errno));
    nftw(".", seen, 10, FTW_PHYS | FTW_DEPTH);
    struct dirent **l; int k = scandir(".", &l, NULL, cmp); for (int i = 0; i < k; i++) printf("%s(%d) ", l[i]->d_name, l[i]->d_type); puts("");
    glob_t g; glob("s*", GLOB_MARK, NULL, &g); for (size_t i = 0; i < g.gl_pathc; i++) printf("[%s]", g.gl_pathv[i]); puts(""); printf("%d\n", glob("nothing*", 0, NULL, &g) == GLOB_NOMATCH);
    printf("%d %d\n", fnmatch("*.[ch]", "a.c", 0), fnmatch("*", ".hidden", FNM_PERIOD));
    int mf = memfd_create("mem", MFD_ALLOW_SEALING); write(mf, "0123456789", 10); fcntl(mf, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_WRITE); printf("%zd %s\n", write(mf, "x", 1), strerror(errno)); printf("%x\n", fcntl(mf, F_GET_SEALS)); char lk[50]; sprintf(b, "/proc/self/fd/%d", mf); n = readlink(b, lk, 49); printf("%.*s\n", (int)n, lk);
    umask(077); int um = open("um", O_CREAT | O_WRONLY, 0666); fstat(um, &s); printf("%o\n", s.st_mode & 07777); fchmod(um, 04755); fstat(um, &s); printf("%o\n", s.st_mode & 07777);
    printf("%d %s\n", chown("um", 5, 5), getuid() ? strerror(errno) : ""); stat("um", &s); printf("%o\n", s.st_mode & 07777);
    char p1[] = "/usr/lib/", p2[] = "/usr/lib/"; printf("%s %s\n", dirname(p1), basename(p2));
    char *rp = realpath("hard", NULL); printf("%s\n", rp ? rp + strlen(d) : strerror(errno)); printf("%s\n", realpath("nope/x", NULL) ? "?" : strerror(errno));
    printf("%d %d\n", (int)major(makedev(8, 1)), (int)minor(makedev(8, 1)));
    int e = open("/bin/echo", O_RDONLY); fflush(stdout); if (fork() == 0) { char *av[] = { "echo", "by fexecve", NULL }, *ev[] = { NULL }; fexecve(e, av, ev); _exit(1); } wait(NULL);
    struct flock fl = { .l_type = F_WRLCK, .l_whence = SEEK_SET }; fcntl(q, F_SETLK, &fl); if (fork() == 0) { fl.l_type = F_WRLCK; fcntl(q, F_GETLK, &fl); printf("locked by parent %d\n", fl.l_pid == getppid()); fflush(stdout); _exit(0); } wait(NULL);
    system("rm -rf sub fifo sock link* hard um; ls -A | wc -l"); chdir("/"); printf("%d\n", rmdir(d));
    return 0;
}
