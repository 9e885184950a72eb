/* What is said of jobs. */
#include "sh.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

const char *sh_job_text(struct sh_job *job)
{
	struct sh_buf text = { 0 };
	int i;

	if (job->text)
		return job->text;
	if (sh_dash && !job->control)
		return "";
	for (i = 0; i < job->count; i++) {
		if (i > 0)
			sh_puts(&text, " | ");
		sh_puts(&text, job->process[i].text ? job->process[i].text : "");
	}
	return sh_text(&text);
}

static char *state_text(struct sh_job *job)
{
	struct sh_buf text = { 0 };
	int status = job->count ? job->process[job->count - 1].status : 0;

	if (job->state == J_RUNNING)
		sh_puts(&text, "Running");
	else if (job->state == J_STOPPED)
		sh_puts(&text, "Stopped");
	else if (WIFSIGNALED(status))
		sh_puts(&text, sh_signal_text(WTERMSIG(status), WCOREDUMP(status)));
	else if (WEXITSTATUS(status))
		sh_putf(&text, sh_dash ? "Done(%d)" : "Exit %d", WEXITSTATUS(status));
	else
		sh_puts(&text, "Done");
	return sh_text(&text);
}

/* mode: 0 as `jobs`, 'l' with the pid, 'p' the pid alone; 's' a notice on stderr. */
void sh_print_job(struct sh_job *job, int mode)
{
	FILE *to = mode == 's' ? stderr : stdout;
	char sign = job == sh_current_job ? '+' : job == sh_previous_job ? '-' : ' ';

	if (mode == 'p') {
		printf("%d\n", (int)(job->pgid ? job->pgid : job->process[0].pid));
		return;
	}
	if (sh_dash) {
		fprintf(to, "[%d] %c ", job->number, sign);
		if (mode == 'l')
			fprintf(to, "%d ", (int)job->process[0].pid);
		fprintf(to, "%-27s%s\n", state_text(job), sh_job_text(job));
		return;
	}
	fprintf(to, "[%d]%c ", job->number, sign);
	if (mode == 'l')
		fprintf(to, "%5d %-23s", (int)job->process[0].pid, state_text(job));
	else
		fprintf(to, " %-23s", state_text(job));
	fprintf(to, " %s%s\n", sh_job_text(job), job->state == J_RUNNING && job->background ? " &" : "");
}

void sh_say_how_it_died(struct sh_job *job)
{
	int i, last = job->count - 1;

	for (i = 0; i <= last; i++) {
		int status = job->process[i].status, signal = WTERMSIG(status);

		if (!WIFSIGNALED(status) || signal == SIGPIPE)
			continue;
		if (signal == SIGINT) {
			if (i == last && sh_interactive)
				fputc('\n', stderr);
			continue;
		}
		if (i != last && sh_dash)
			continue;
		if (job->background && signal == SIGTERM)
			continue;
		if (sh_dash || sh_interactive || signal == SIGTERM) {
			if (i == last)
				fprintf(stderr, "%s\n", sh_signal_text(signal, WCOREDUMP(status)));
			continue;
		}
		fprintf(stderr, "%s: line %d: %5d %-23s %s\n", sh_message_name, sh_line, (int)job->process[i].pid, sh_signal_text(signal, WCOREDUMP(status)),
			job->process[i].text ? job->process[i].text : "");
	}
}
