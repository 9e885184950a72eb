#include <stdio.h>
#include <sys/select.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <sys/wait.h>
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec * 1e-9; }
int main(void)
{
    int p[2]; fd_set r; struct timeval tv = { 0, 200000 }; double t0;
    pipe(p);
    t0 = now();
    FD_ZERO(&r); FD_SET(p[0], &r);
    int n = select(p[0] + 1, &r, NULL, NULL, &tv);
    printf("timeout: %d, isset %d, waited %d tenths\n", n, FD_ISSET(p[0], &r), (int)((now() - t0) * 10));
    fflush(stdout);
    if (!fork()) { usleep(300000); write(p[1], "x", 1); _exit(0); }
    t0 = now();
    FD_ZERO(&r); FD_SET(p[0], &r);
    n = select(p[0] + 1, &r, NULL, NULL, NULL);
    printf("ready: %d, isset %d, waited %d tenths\n", n, FD_ISSET(p[0], &r) != 0, (int)((now() - t0) * 10));
    wait(NULL);
    struct timespec ts = { 1, 500000000 }, rem = { 0 };
    t0 = now(); nanosleep(&ts, &rem); printf("nanosleep %d tenths\n", (int)((now() - t0) * 10));
    time_t sec = 86400 * 365; struct tm *tm = gmtime(&sec); char b[64];
    strftime(b, sizeof b, "%Y-%m-%d %H:%M:%S %a %b %j", tm); puts(b);
    tm->tm_mon = 13; tm->tm_mday = 31; sec = mktime(tm); printf("%ld %s", (long)sec, asctime(gmtime(&sec)));
    return 0;
}
