/* Processes and jobs: fork, wait, foreground and background. */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

struct sh_job *sh_jobs;
pid_t sh_last_bg;
pid_t sh_terminal_group = -1;
struct sh_job *sh_current_job, *sh_previous_job;
static struct termios terminal_modes;
static int terminal_fd = -1;

/* Processes that nobody of the table waits for: `wait PID` still gives their status. */
static struct { pid_t pid; int status; } gone[64];
static int gone_count;

struct sh_job *sh_new_job(void)
{
	struct sh_job *job = sh_xmalloc(sizeof *job), **at = &sh_jobs;

	memset(job, 0, sizeof *job);
	job->control = sh_opt_m;
	while (*at)
		at = &(*at)->next;
	*at = job;
	return job;
}

void sh_delete_job(struct sh_job *job)
{
	struct sh_job **at = &sh_jobs;
	int i;

	while (*at && *at != job)
		at = &(*at)->next;
	if (!*at)
		return;
	*at = job->next;
	if (sh_current_job == job) {
		sh_current_job = sh_previous_job;
		sh_previous_job = NULL;
	}
	if (sh_previous_job == job)
		sh_previous_job = NULL;
	for (i = 0; i < job->count; i++)
		free(job->process[i].text);
	free(job->process);
	free(job->text);
	free(job);
}

static void fork_failed(void)
{
	int error = errno;

	if (sh_dash) {
		sh_error("Cannot fork");
		sh_fatal_error(2);
		return;
	}
	fprintf(stderr, "%s: fork: %s\n", sh_message_name, strerror(error));
	sh_status = 254;
	if (!sh_interactive)
		sh_exit(254);
	sh_skip = SKIP_ABORT;
}

static pid_t try_fork(void)
{
	unsigned wait = 1;
	pid_t pid;

	for (;;) {
		pid = fork();
		if (pid >= 0 || errno != EAGAIN || wait > 8 || sh_dash)
			return pid;
		fprintf(stderr, "%s: fork: retry: %s\n", sh_message_name, strerror(errno));
		sleep(wait);
		wait *= 2;
	}
}

static void forget_jobs(void)
{
	struct sh_job *job;

	for (job = sh_jobs; job; job = job->next)
		job->notified = 2;   /* of the parent: not waited for here */
	gone_count = 0;
}

pid_t sh_fork(struct sh_job *job, struct sh_node *node, int background, char *text)
{
	pid_t pid;
	struct sh_process *process;

	fflush(stdout);
	fflush(stderr);
	pid = try_fork();
	if (pid < 0) {
		fork_failed();
		return pid;
	}
	if (pid == 0) {
		sh_subshell++;
		if (job->control && background != 2) {
			pid_t group = job->pgid ? job->pgid : getpid();

			setpgid(0, group);
			if (background == 0 && terminal_fd >= 0)
				tcsetpgrp(terminal_fd, group);
		}
		sh_child_signals(background == 1 && !job->control);
		if (background == 1 && !job->control) {
			int null = open("/dev/null", O_RDONLY);

			if (null > 0) {
				dup2(null, 0);
				close(null);
			}
		}
		forget_jobs();
		sh_delete_job(job);
		sh_opt_m = 0;
		if (sh_interactive)
			sh_interactive = 0;
		return 0;
	}
	if (job->count == job->room) {
		struct sh_process *more;

		job->room = job->room ? job->room * 2 : 2;
		more = sh_xmalloc((size_t)job->room * sizeof *more);
		if (job->count)
			memcpy(more, job->process, (size_t)job->count * sizeof *more);
		free(job->process);
		job->process = more;
	}
	process = &job->process[job->count++];
	process->pid = pid;
	process->status = 0;
	process->state = J_RUNNING;
	process->text = text ? sh_xstrdup(text) : node && background != 2 ? sh_xstrdup(sh_print_node(node)) : NULL;
	job->state = J_RUNNING;
	if (job->control && background != 2) {
		if (!job->pgid)
			job->pgid = pid;
		setpgid(pid, job->pgid);
	}
	return pid;
}

int sh_exit_code(int status)
{
	if (WIFSIGNALED(status))
		return 128 + WTERMSIG(status);
	if (WIFSTOPPED(status))
		return 128 + WSTOPSIG(status);
	return WEXITSTATUS(status);
}

int sh_job_status(struct sh_job *job)
{
	return job->count ? sh_exit_code(job->process[job->count - 1].status) : 0;
}

static void note(pid_t pid, int status)
{
	struct sh_job *job;
	int i, stopped, running;

	for (job = sh_jobs; job; job = job->next) {
		if (job->notified == 2 && !job->background)
			continue;
		for (i = 0; i < job->count; i++)
			if (job->process[i].pid == pid && job->process[i].state != J_DONE)
				break;
		if (i == job->count)
			continue;
		if (WIFCONTINUED(status)) {
			job->process[i].state = J_RUNNING;
		} else {
			job->process[i].status = status;
			job->process[i].state = WIFSTOPPED(status) ? J_STOPPED : J_DONE;
		}
		stopped = running = 0;
		for (i = 0; i < job->count; i++) {
			stopped += job->process[i].state == J_STOPPED;
			running += job->process[i].state == J_RUNNING;
		}
		job->state = running ? J_RUNNING : stopped ? J_STOPPED : J_DONE;
		job->notified = 0;
		return;
	}
	if (gone_count == 64)
		gone_count = 0;
	gone[gone_count].pid = pid;
	gone[gone_count++].status = status;
}

/* Takes what children have to tell; with block, waits for something. False when there is no child, or a signal came. */
int sh_reap(int block)
{
	int status, any = 0;

	for (;;) {
		pid_t pid = waitpid(-1, &status, (block && !any ? 0 : WNOHANG) | (sh_opt_m ? WUNTRACED | WCONTINUED : 0));

		if (pid <= 0)
			return any;
		any = 1;
		note(pid, status);
		if (block)
			return 1;
	}
}

void sh_background(struct sh_job *job)
{
	struct sh_job *other;
	int highest = 0;

	job->background = 1;
	sh_last_bg = job->process[job->count - 1].pid;
	for (other = sh_jobs; other; other = other->next)
		if (other != job && other->number > highest && other->notified != 2)
			highest = other->number;
	if (!job->number)
		job->number = highest + 1;
	if (sh_current_job != job)
		sh_previous_job = sh_current_job;
	sh_current_job = job;
	if (sh_interactive && !sh_dash)
		fprintf(stderr, "[%d] %d\n", job->number, (int)sh_last_bg);
}

/* Before a prompt, and behind a command of a script: what became of background jobs. */
void sh_report_jobs(void)
{
	struct sh_job *job, *next;

	sh_reap(0);
	for (job = sh_jobs; job; job = next) {
		next = job->next;
		if (job->notified || !job->background || !job->count)
			continue;
		if (job->state == J_RUNNING)
			continue;
		if (sh_interactive)
			sh_print_job(job, 's');
		else if (job->state == J_DONE)
			sh_say_how_it_died(job);
		job->notified = 1;
		if (job->state == J_DONE && (sh_interactive || job->reported))
			sh_delete_job(job);
	}
}

/* Waits for a job in the foreground; its status. */
int sh_wait_job(struct sh_job *job)
{
	int status;

	while (job->state == J_RUNNING) {
		if (!sh_reap(1)) {
			if (errno == EINTR)
				continue;
			break;   /* ECHILD: somebody else has its status */
		}
	}
	status = sh_job_status(job);
	if (job->control && terminal_fd >= 0 && sh_terminal_group >= 0) {
		tcsetpgrp(terminal_fd, sh_terminal_group);
		if (job->state == J_STOPPED || WIFSIGNALED(job->process[job->count - 1].status))
			tcsetattr(terminal_fd, TCSADRAIN, &terminal_modes);
		else
			tcgetattr(terminal_fd, &terminal_modes);
	}
	if (job->state == J_STOPPED) {
		int was = sh_interactive;

		sh_interactive = 0;
		sh_background(job);
		sh_interactive = was;
		fputc('\n', stderr);
		sh_print_job(job, 's');
		job->notified = 1;
		return status;
	}
	sh_say_how_it_died(job);
	if (job->count && WIFSIGNALED(job->process[job->count - 1].status) && WTERMSIG(job->process[job->count - 1].status) == SIGINT &&
	    !sh_interactive && !sh_trap_text[SIGINT] && sh_interrupted) {
		signal(SIGINT, SIG_DFL);
		raise(SIGINT);
	}
	if (!job->keep)
		sh_delete_job(job);
	if (!sh_interactive && !sh_dash)
		sh_report_jobs();
	return status;
}

void sh_foreground(struct sh_job *job, int resume)
{
	int i;

	for (i = 0; i < job->count; i++)
		if (job->process[i].state == J_STOPPED)
			job->process[i].state = J_RUNNING;
	if (job->state == J_STOPPED)
		job->state = J_RUNNING;
	if (resume == 1 && terminal_fd >= 0)
		tcsetpgrp(terminal_fd, job->pgid);
	if (job->pgid)
		kill(-job->pgid, SIGCONT);
}

/* %1, %+, %-, %name, %?text; without a spec the current job. */
struct sh_job *sh_find_job(const char *spec, const char *command)
{
	struct sh_job *job;
	const char *text = spec && *spec == '%' ? spec + 1 : spec;
	int number;

	(void)command;
	sh_reap(0);
	if (!text || !*text || strcmp(text, "+") == 0 || strcmp(text, "%") == 0)
		return sh_current_job;
	if (strcmp(text, "-") == 0)
		return sh_previous_job;
	number = atoi(text);
	for (job = sh_jobs; job; job = job->next) {
		if (job->notified == 2 || !job->number)
			continue;
		if (number ? job->number == number : *text == '?' ? strstr(sh_job_text(job), text + 1) != NULL : strncmp(sh_job_text(job), text, strlen(text)) == 0)
			return job;
	}
	return NULL;
}

int sh_gone_status(pid_t pid, int *status)
{
	int i;

	for (i = 0; i < gone_count; i++)
		if (gone[i].pid == pid) {
			*status = sh_exit_code(gone[i].status);
			return 1;
		}
	return 0;
}

/* An interactive shell on a terminal leads a process group of its own there. */
void sh_init_job_control(void)
{
	pid_t group;

	terminal_fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
	if (terminal_fd < 0)
		terminal_fd = isatty(2) ? fcntl(2, F_DUPFD_CLOEXEC, 10) : -1;
	else if (terminal_fd < 10) {
		int high = fcntl(terminal_fd, F_DUPFD_CLOEXEC, 255);

		if (high < 0)
			high = fcntl(terminal_fd, F_DUPFD_CLOEXEC, 10);
		close(terminal_fd);
		terminal_fd = high;
	}
	group = terminal_fd >= 0 ? tcgetpgrp(terminal_fd) : -1;
	if (group < 0) {
		if (sh_dash) {
			fprintf(stderr, "%s: 0: can't access tty; job control turned off\n", sh_message_name);
		} else {
			fprintf(stderr, "%s: cannot set terminal process group (%d): %s\n", sh_message_name, (int)getpgrp(), strerror(errno));
			fprintf(stderr, "%s: no job control in this shell\n", sh_message_name);
		}
		if (terminal_fd >= 0)
			close(terminal_fd);
		terminal_fd = -1;
		return;
	}
	while (group != getpgrp()) {
		signal(SIGTTIN, SIG_DFL);
		kill(0, SIGTTIN);
		group = tcgetpgrp(terminal_fd);
		if (group < 0)
			return;
	}
	signal(SIGTTIN, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	signal(SIGTSTP, SIG_IGN);
	sh_terminal_group = getpid();
	if (getpgrp() != sh_terminal_group)
		setpgid(0, sh_terminal_group);
	tcsetpgrp(terminal_fd, sh_terminal_group);
	tcgetattr(terminal_fd, &terminal_modes);
	sh_opt_m = 1;
}
