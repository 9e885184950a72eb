/* Timers and limits of processor time: ITIMER_VIRTUAL, ITIMER_PROF, timers of the process' and the thread's clock, RLIMIT_CPU; they stand still while a program sleeps. */
/* run: {"uids": [1000]} */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t got[65];
static void on_signal(int s) { got[s]++; }
static void on_info(int s, siginfo_t *info, void *c)
{
	(void)c;
	got[s]++;
	got[0] = info->si_code == SI_TIMER ? 1 : info->si_code == SI_KERNEL ? 2 : 3;
}
static double cpu(clockid_t c) { struct timespec t; clock_gettime(c, &t); return t.tv_sec + t.tv_nsec / 1e9; }
static void spin(double seconds) { double end = cpu(CLOCK_PROCESS_CPUTIME_ID) + seconds; while (cpu(CLOCK_PROCESS_CPUTIME_ID) < end); }
static void show(const char *what, const struct itimerval *v)
{
	printf("%s: %ld.%03ld every %ld.%03ld\n", what, v->it_value.tv_sec, v->it_value.tv_usec / 1000, v->it_interval.tv_sec, v->it_interval.tv_usec / 1000);
}
static void *thread(void *arg) { (void)arg; spin(0.03); return NULL; }

static void ended(const char *what, pid_t pid)
{
	int st;
	struct rusage ru;
	wait4(pid, &st, 0, &ru);
	long ms = ru.ru_utime.tv_sec * 1000 + ru.ru_stime.tv_sec * 1000 + (ru.ru_utime.tv_usec + ru.ru_stime.tv_usec) / 1000;
	if (WIFSIGNALED(st)) printf("%s: %s", what, strsignal(WTERMSIG(st)));
	else printf("%s: exit %d", what, WEXITSTATUS(st));
	printf(", it ran for %s\n", ms < 500 ? "a moment" : ms < 1500 ? "about a second" : "longer");
}

int main(void)
{
	setvbuf(stdout, 0, _IONBF, 0);
	struct itimerval v = { { 0, 0 }, { 1, 0 } }, o;
	memset(&o, 0x55, sizeof o);
	printf("getitimer: %d\n", getitimer(ITIMER_VIRTUAL, &o));
	show("none", &o);
	printf("setitimer: %d\n", setitimer(ITIMER_VIRTUAL, &v, &o));
	getitimer(ITIMER_VIRTUAL, &o);
	show("just set", &o);
	v.it_value.tv_sec = 0;
	v.it_interval.tv_sec = 3;
	setitimer(ITIMER_VIRTUAL, &v, &o);
	show("before", &o);
	getitimer(ITIMER_VIRTUAL, &o);
	show("off", &o);
	printf("no such timer: %d %s\n", setitimer(3, &v, NULL), strerror(errno));
	v.it_value.tv_usec = 1000000;
	printf("too many microseconds: %d %s\n", setitimer(ITIMER_PROF, &v, NULL), strerror(errno));

	struct sigaction sa = { .sa_sigaction = on_info, .sa_flags = SA_SIGINFO };
	sigaction(SIGVTALRM, &sa, NULL);
	sigaction(SIGPROF, &sa, NULL);
	sigaction(SIGXCPU, &sa, NULL);
	sigaction(SIGUSR1, &sa, NULL);
	signal(SIGALRM, on_signal);

	v = (struct itimerval){ { 0, 0 }, { 0, 20000 } };
	setitimer(ITIMER_VIRTUAL, &v, NULL);
	double before = cpu(CLOCK_PROCESS_CPUTIME_ID);
	while (!got[SIGVTALRM]);
	double took = cpu(CLOCK_PROCESS_CPUTIME_ID) - before;
	printf("virtual: after 20 ms %d, by the kernel %d\n", took >= 0.01 && took < 0.5, got[0] == 2);
	getitimer(ITIMER_VIRTUAL, &o);
	show("it is over", &o);

	v = (struct itimerval){ { 0, 10000 }, { 0, 10000 } };
	setitimer(ITIMER_PROF, &v, NULL);
	while (got[SIGPROF] < 5);
	v = (struct itimerval){ { 0, 0 }, { 0, 0 } };
	setitimer(ITIMER_PROF, &v, &o);
	printf("profiling: 5 times, every %ld us\n", (long)o.it_interval.tv_usec);

	/* who sleeps uses none */
	v = (struct itimerval){ { 0, 0 }, { 0, 10000 } };
	got[SIGVTALRM] = 0;
	setitimer(ITIMER_VIRTUAL, &v, NULL);
	usleep(50000);
	printf("asleep: %d\n", got[SIGVTALRM]);
	v.it_value.tv_usec = 0;
	setitimer(ITIMER_VIRTUAL, &v, NULL);

	/* a child has none of them, and its clock begins anew */
	spin(0.02);
	v.it_value.tv_usec = 10000;
	setitimer(ITIMER_VIRTUAL, &v, NULL);
	pid_t pid = fork();
	if (pid == 0) {
		printf("child: clock began anew %d\n", cpu(CLOCK_PROCESS_CPUTIME_ID) < 0.01);
		getitimer(ITIMER_VIRTUAL, &o);
		show("child", &o);
		spin(0.05);
		_exit(0);
	}
	ended("child", pid);
	struct rusage ru;
	getrusage(RUSAGE_CHILDREN, &ru);
	printf("children ran: %d\n", ru.ru_utime.tv_usec + ru.ru_stime.tv_usec > 20000);
	struct tms tms;
	times(&tms);
	printf("times: children %d, own %d\n", tms.tms_cutime + tms.tms_cstime >= 2, tms.tms_utime + tms.tms_stime >= 5);

	/* timers of clocks */
	timer_t t;
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
	printf("timer of the process: %d\n", timer_create(CLOCK_PROCESS_CPUTIME_ID, &ev, &t));
	struct itimerspec its = { { 0, 5000000 }, { 0, 5000000 } };
	timer_settime(t, 0, &its, NULL);
	while (got[SIGUSR1] < 3);
	printf("it came, by a timer %d\n", got[0] == 1);
	timer_gettime(t, &its);
	printf("next in %d\n", its.it_value.tv_nsec > 0 && its.it_value.tv_nsec <= 5000000);
	timer_delete(t);
	printf("timer of the thread: %d\n", timer_create(CLOCK_THREAD_CPUTIME_ID, &ev, &t));
	got[SIGUSR1] = 0;
	its = (struct itimerspec){ { 0, 0 }, { 0, 20000000 } };
	timer_settime(t, 0, &its, NULL);
	pthread_t other;
	pthread_create(&other, NULL, thread, NULL);
	pthread_join(other, NULL);
	printf("another thread ran: %d\n", got[SIGUSR1]);
	spin(0.05);
	printf("this one ran: %d\n", got[SIGUSR1]);
	timer_delete(t);

	/* limits */
	if ((pid = fork()) == 0) {
		struct rlimit r = { 0, 100 };
		printf("limit 0: %d\n", setrlimit(RLIMIT_CPU, &r));
		while (!got[SIGXCPU]);
		getrlimit(RLIMIT_CPU, &r);
		printf("SIGXCPU at once, and the limit is %ld of %ld\n", (long)r.rlim_cur, (long)r.rlim_max);
		r.rlim_cur = 200;
		printf("above the hard limit: %d %s\n", setrlimit(RLIMIT_CPU, &r), strerror(errno));
		_exit(0);
	}
	ended("limit 0", pid);
	if ((pid = fork()) == 0) {
		signal(SIGXCPU, SIG_DFL);
		struct rlimit r = { 0, 2 };
		setrlimit(RLIMIT_CPU, &r);
		for (;;);
	}
	ended("no handler for SIGXCPU", pid);
	if ((pid = fork()) == 0) {
		signal(SIGXCPU, SIG_IGN);
		struct rlimit r = { 1, 1 };
		setrlimit(RLIMIT_CPU, &r);
		for (;;);
	}
	ended("hard limit", pid);
	if ((pid = fork()) == 0) {
		signal(SIGVTALRM, SIG_DFL);
		v = (struct itimerval){ { 0, 0 }, { 0, 10000 } };
		setitimer(ITIMER_VIRTUAL, &v, NULL);
		for (;;);
	}
	ended("no handler", pid);
	return system("ulimit -t; ulimit -t 7; ulimit -t");
}
