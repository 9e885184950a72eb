/* Pipelines: each element a process. */
#include "sh.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void child(struct sh_node *command, int in, int out, int errors, int next_in)
{
	if (in >= 0) {
		dup2(in, 0);
		close(in);
	}
	if (next_in >= 0)
		close(next_in);
	if (out >= 0) {
		dup2(out, 1);
		if (errors)
			dup2(1, 2);
		close(out);
	}
	if (!command)
		sh_exit(0);
	/* A simple command or a subshell needs no further process. */
	if (sh_dash || command->kind == N_SIMPLE || command->kind == N_SUBSHELL)
		sh_exit(sh_eval(command, E_LAST | E_ANY_REDIR | E_FORKED));
	sh_exit(sh_eval(command, 0));
}

/* PIPESTATUS of a command that was no pipeline. */
void sh_one_status(int status)
{
	struct sh_var *var = sh_find("PIPESTATUS");
	char value[16];

	if (!var)
		var = sh_make("PIPESTATUS");
	if (var->elements && var->elements->next)
		sh_clear_elements(var);
	var->flags |= V_ARRAY;
	snprintf(value, sizeof value, "%d", status);
	if (!var->elements || strcmp(var->elements->value, value) != 0)
		sh_set_element(var, "0", value, 0);
}

static void set_pipestatus(struct sh_job *job)
{
	struct sh_var *var;
	int i;

	if (sh_dash)
		return;
	var = sh_make("PIPESTATUS");
	sh_clear_elements(var);
	var->flags |= V_ARRAY;
	for (i = 0; i < job->count; i++) {
		char index[16], value[16];

		snprintf(index, sizeof index, "%d", i);
		snprintf(value, sizeof value, "%d", sh_exit_code(job->process[i].status));
		sh_set_element(var, index, value, 0);
	}
}

int sh_eval_pipe(struct sh_node *node, int flags)
{
	struct sh_job *job;
	struct sh_node *element;
	int in = -1, status;

	(void)flags;
	for (element = node->a; sh_dash && element; element = element->c)
		if (element->a && element->a->kind != N_SIMPLE && element->a->redirs && !sh_expand_redirs(element->a->redirs))
			return 2;
	job = sh_new_job();
	for (element = node->a; element; element = element->c) {
		int ends[2] = { -1, -1 };

		if (element->c && pipe(ends) < 0) {
			sh_error("pipe error: %s", strerror(errno));
			break;
		}
		if (sh_fork(job, element->a, 0, NULL) == 0)
			child(element->a, in, ends[1], element->c && element->c->flag, ends[0]);
		if (in >= 0)
			close(in);
		if (ends[1] >= 0)
			close(ends[1]);
		in = ends[0];
		if (sh_skip)
			break;
	}
	if (in >= 0)
		close(in);
	if (!job->count) {
		sh_delete_job(job);
		return sh_status ? sh_status : 1;
	}
	if (!job->text && sh_opt_m)
		job->text = sh_xstrdup(sh_print_node(node));
	job->keep = 1;
	status = sh_wait_job(job);
	if (sh_opt_pipefail && job->state == J_DONE) {
		int i;

		for (i = job->count - 1; i >= 0; i--)
			if (sh_exit_code(job->process[i].status)) {
				status = sh_exit_code(job->process[i].status);
				break;
			}
	}
	set_pipestatus(job);
	job->keep = 0;
	if (job->state == J_DONE)
		sh_delete_job(job);
	return status;
}
