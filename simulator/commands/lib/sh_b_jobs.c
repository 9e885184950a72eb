/* Builtins about processes: jobs, fg, bg, wait, kill, disown. */
#include "sh.h"
#include "signal_names.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int no_such(const char *spec)
{
	if (sh_dash)
		return sh_builtin_error(2, spec ? "No such job: %s" : "No current job%s", spec ? spec : "");
	return sh_builtin_error(1, "%s: no such job", spec ? spec : "current");
}

int sh_b_jobs(int argc, char **argv)
{
	struct sh_job *job, *next;
	int mode = 0, i = 1;

	for (; i < argc && argv[i][0] == '-'; i++)
		if (argv[i][1] == 'l' || argv[i][1] == 'p')
			mode = argv[i][1];
	sh_reap(0);
	if (i < argc) {
		job = sh_find_job(argv[i], NULL);
		if (!job)
			return no_such(argv[i]);
		sh_print_job(job, mode);
		return 0;
	}
	for (job = sh_jobs; job; job = next) {
		next = job->next;
		if (!job->background || job->notified == 2 || !job->number)
			continue;
		sh_print_job(job, mode);
		if (job->state == J_DONE)
			sh_delete_job(job);
	}
	return 0;
}

int sh_b_fg(int argc, char **argv)
{
	struct sh_job *job;
	int background = strcmp(argv[0], "bg") == 0, status;

	if (!sh_opt_m && !sh_dash)
		return sh_builtin_error(1, "no job control");
	job = sh_find_job(argc > 1 ? argv[1] : NULL, NULL);
	if (!job)
		return no_such(argc > 1 ? argv[1] : NULL);
	if (!job->control)
		return sh_builtin_error(2, "job %d not created under job control", job->number);
	if (job->state == J_DONE) {
		sh_error("%s: job has terminated", argv[0]);
		return 1;
	}
	if (background) {
		job->state = J_RUNNING;
		sh_foreground(job, 0);
		printf("[%d]%s %s &\n", job->number, sh_dash ? "" : "+", sh_job_text(job));
		return 0;
	}
	printf("%s\n", sh_job_text(job));
	fflush(stdout);
	job->background = 0;
	sh_foreground(job, 1);
	job->state = J_RUNNING;
	status = sh_wait_job(job);
	return status;
}

/* Until the job has ended; 128+n when a signal with a trap came first. */
static int wait_for(struct sh_job *job)
{
	while (job->state == J_RUNNING) {
		if (sh_trap_pending) {
			sh_run_traps();
			return 128 + SIGINT;
		}
		if (!sh_reap(1)) {
			if (errno == EINTR) {
				if (sh_trap_pending || sh_interrupted) {
					int number = sh_last_signal();

					sh_run_traps();
					sh_interrupted = 0;
					return 128 + number;
				}
				continue;
			}
			break;
		}
	}
	if (!sh_interactive && !sh_dash)
		sh_report_jobs();
	return sh_job_status(job);
}

/* dash says how a job died when it was waited for by its name, and died while it was. */
static int wait_for_one(struct sh_job *job)
{
	int ran = job->state == J_RUNNING, status = wait_for(job), how;

	if (!ran || !sh_dash || sh_interactive || job->state != J_DONE || !job->count)
		return status;
	how = job->process[job->count - 1].status;
	if (WIFSIGNALED(how) && WTERMSIG(how) != SIGINT && WTERMSIG(how) != SIGPIPE)
		fprintf(stderr, "%s\n", sh_signal_text(WTERMSIG(how), WCOREDUMP(how)));
	return status;
}

static struct sh_job *job_of(pid_t pid)
{
	struct sh_job *job;
	int i;

	for (job = sh_jobs; job; job = job->next)
		for (i = 0; i < job->count && job->notified != 2; i++)
			if (job->process[i].pid == pid)
				return job;
	return NULL;
}

int sh_b_wait(int argc, char **argv)
{
	struct sh_job *job, *next;
	int i, status = 0, any = 0;

	if (argc > 1 && strcmp(argv[1], "-n") == 0 && !sh_dash) {
		any = 1;
		argc--;
		argv++;
	}
	if (any) {
		for (;;) {
			int running = 0;

			for (job = sh_jobs; job; job = job->next) {
				if (!job->background || job->notified == 2)
					continue;
				if (job->state == J_DONE) {
					status = sh_job_status(job);
					sh_delete_job(job);
					return status;
				}
				running = 1;
			}
			if (!running || !sh_reap(1))
				return 127;
		}
	}
	if (argc == 1) {
		for (job = sh_jobs; job; job = next) {
			if (job->background && job->notified != 2) {
				status = wait_for(job);
				if (job->state == J_RUNNING)
					return status;
				next = job->next;
				if (!sh_interactive)
					sh_delete_job(job);
				continue;
			}
			next = job->next;
		}
		return 0;
	}
	for (i = 1; i < argc; i++) {
		pid_t pid = (pid_t)atoi(argv[i]);

		if (argv[i][0] == '%') {
			job = sh_find_job(argv[i], NULL);
			if (!job) {
				status = sh_dash ? no_such(argv[i]) : sh_builtin_error(127, "%s: no such job", argv[i]);
				continue;
			}
		} else if (!*argv[i] || argv[i][strspn(argv[i], "0123456789")]) {
			status = sh_dash ? sh_builtin_error(2, "Illegal number: %s", argv[i]) : sh_builtin_error(1, "`%s': not a pid or valid job spec", argv[i]);
			continue;
		} else {
			job = job_of(pid);
			if (!job) {
				if (sh_gone_status(pid, &status))
					continue;
				status = sh_dash ? 127 : sh_builtin_error(127, "pid %d is not a child of this shell", (int)pid);
				continue;
			}
		}
		status = wait_for_one(job);
		if (job->state == J_DONE)
			sh_delete_job(job);
	}
	return status;
}

static int list_signals(int argc, char **argv, int i)
{
	int number, column = 0;

	if (i < argc) {
		for (; i < argc; i++) {
			if (argv[i][strspn(argv[i], "0123456789")] == '\0') {
				number = atoi(argv[i]) & 127;
				if (number > 0 && signal_name(number))
					printf("%s\n", signal_name(number));
				else
					return sh_builtin_error(1, "%s: invalid signal specification", argv[i]);
			} else if ((number = signal_number(argv[i])) >= 0) {
				printf("%d\n", number);
			} else {
				return sh_builtin_error(1, "%s: invalid signal specification", argv[i]);
			}
		}
		return 0;
	}
	if (sh_dash)
		puts("0");
	for (number = 1; number <= 64; number++) {
		const char *name = signal_name(number);

		if (!name)
			continue;
		if (sh_dash) {
			printf("%s\n", name);
			continue;
		}
		printf("%2d) SIG%s%s", number, name, ++column % 5 == 0 ? "\n" : "\t");
	}
	if (!sh_dash && column % 5)
		putchar('\n');
	return 0;
}

static int kill_one(const char *target, int number)
{
	struct sh_job *job;
	pid_t pid;

	if (target[0] == '%') {
		job = sh_find_job(target, NULL);
		if (!job)
			return no_such(target);
		/* dash means the process group even where jobs have none of their own. */
		pid = job->pgid ? -job->pgid : sh_dash ? -job->process[0].pid : job->process[job->count - 1].pid;
	} else {
		char *end;

		pid = (pid_t)strtol(target, &end, 10);
		if (end == target || *end)
			return sh_dash ? sh_builtin_error(2, "Illegal number: %s", target) : sh_builtin_error(1, "%s: arguments must be process or job IDs", target);
	}
	if (kill(pid, number) == 0)
		return 0;
	if (sh_dash)
		return sh_builtin_error(1, "%s", strerror(errno)), fputc('\n', stderr), 1;
	return sh_builtin_error(1, "(%d) - %s", (int)pid, strerror(errno));
}

int sh_b_kill(int argc, char **argv)
{
	int number = SIGTERM, i = 1, status = 0;

	if (argc < 2) {
		if (sh_dash) {
			return sh_builtin_error(2, "Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]");
		}
		fprintf(stderr, "kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n");
		return 2;
	}
	if (strcmp(argv[1], "-l") == 0 || strcmp(argv[1], "-L") == 0)
		return list_signals(argc, argv, 2);
	if ((strcmp(argv[1], "-s") == 0 || strcmp(argv[1], "-n") == 0) && argc > 2) {
		number = signal_number(argv[2]);
		if (number < 0)
			return sh_dash ? sh_builtin_error(2, "invalid signal number or name: %s", argv[2]) : sh_builtin_error(1, "%s: invalid signal specification", argv[2]);
		i = 3;
	} else if (argv[1][0] == '-' && argv[1][1] && strcmp(argv[1], "--") != 0) {
		number = signal_number(argv[1] + 1);
		if (number < 0)
			return sh_dash ? sh_builtin_error(2, "Illegal option -%c", argv[1][1]) : sh_builtin_error(1, "%s: invalid signal specification", argv[1] + 1);
		i = 2;
	}
	if (i < argc && strcmp(argv[i], "--") == 0)
		i++;
	for (; i < argc; i++)
		status |= kill_one(argv[i], number);
	return status;
}

int sh_b_disown(int argc, char **argv)
{
	struct sh_job *job = sh_find_job(argc > 1 ? argv[1] : NULL, NULL);

	if (!job)
		return no_such(argc > 1 ? argv[1] : NULL);
	sh_delete_job(job);
	return 0;
}
