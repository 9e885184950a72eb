/* Running syntax trees. A command that a process does last may replace it (E_LAST); when that is done is how bash and dash differ. */
#include "sh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

int sh_skip, sh_skip_levels, sh_loops, sh_functions;
/* Above 0 a failure is being asked for: set -e does not look. */
int sh_tested;
/* In ( … ): exec does not change SHLVL there. */
int sh_in_parentheses;
int sh_status, sh_line = 1, sh_had_subst;

int sh_check_errexit(int status)
{
	if (status == 0 || sh_tested || sh_skip)
		return status;
	if (sh_trap_text[65] && sh_trap_text[65][0]) {
		static int running;

		if (!running) {
			running = 1;
			sh_status = status;
			sh_run_string(sh_trap_text[65], sh_line, 0);
			sh_status = status;
			running = 0;
		}
	}
	if (sh_opt_e)
		sh_exit(status);
	return status;
}

static int tested(struct sh_node *node)
{
	int status;

	sh_tested++;
	status = sh_eval(node, 0);
	sh_tested--;
	return status;
}

/* After a loop's body: goes on (0) or leaves the loop (1). */
static int leaves_loop(void)
{
	if (sh_skip == SKIP_BREAK || sh_skip == SKIP_CONTINUE) {
		int kind = sh_skip;

		if (--sh_skip_levels > 0)
			return 1;
		sh_skip = SKIP_NONE;
		return kind == SKIP_BREAK;
	}
	return sh_skip != SKIP_NONE;
}

static int eval_while(struct sh_node *node)
{
	int status = 0;

	sh_loops++;
	for (;;) {
		struct sh_mark mark = sh_mark();
		int test = tested(node->a);

		if (sh_skip) {
			if (leaves_loop())
				break;
			continue;
		}
		if ((test == 0) == (node->kind == N_UNTIL))
			break;
		status = sh_eval(node->b, 0);
		sh_release(mark);
		if (leaves_loop())
			break;
	}
	sh_loops--;
	return status;
}

static int for_body(struct sh_node *node, const char *value, int *status)
{
	struct sh_mark mark = sh_mark();
	int leaves;

	if (!sh_is_name(node->name)) {
		sh_error("`%s': not a valid identifier", node->name);
		*status = 1;
		return 1;
	}
	if (sh_opt_x) {
		fprintf(stderr, "%sfor %s in", sh_trace_prompt(), node->name);
		for (int i = 0; i < node->count; i++)
			fprintf(stderr, " %s", node->words[i]);
		fputc('\n', stderr);
	}
	if (!sh_set(node->name, value)) {
		*status = 1;
		return 1;
	}
	*status = sh_eval(node->a, 0);
	leaves = leaves_loop();
	sh_release(mark);
	return leaves;
}

static int eval_for(struct sh_node *node)
{
	struct sh_list values = { 0 };
	int i, status = 0;

	sh_line = node->line;
	if (!node->flag) {
		for (i = 0; i < sh_arg_count; i++)
			sh_push(&values, sh_args[i]);
	} else if (!sh_expand_words(node->words, node->count, &values)) {
		return 1;
	}
	sh_loops++;
	for (i = 0; i < values.count; i++)
		if (for_body(node, values.item[i], &status))
			break;
	sh_loops--;
	return status;
}

static int eval_select(struct sh_node *node)
{
	struct sh_list values = { 0 };
	int i, status = 0;

	if (!node->flag) {
		for (i = 0; i < sh_arg_count; i++)
			sh_push(&values, sh_args[i]);
	} else if (!sh_expand_words(node->words, node->count, &values)) {
		return 1;
	}
	sh_loops++;
	for (int show = 1;; show = 0) {
		char *argv[] = { (char *)"read", (char *)"-r", (char *)"REPLY", NULL };
		const char *prompt = sh_get("PS3"), *reply;

		for (i = 0; show && i < values.count; i++)
			fprintf(stderr, "%d) %s\n", i + 1, values.item[i]);
		fputs(prompt ? prompt : "#? ", stderr);
		fflush(stderr);
		if (sh_run_builtin(sh_builtin("read"), 3, argv) != 0) {
			fputc('\n', stderr);
			status = 1;
			break;
		}
		reply = sh_get("REPLY");
		if (!reply || !*reply) {
			show = 1;
			continue;
		}
		i = atoi(reply);
		if (for_body(node, i >= 1 && i <= values.count ? values.item[i - 1] : "", &status))
			break;
	}
	sh_loops--;
	return status;
}

static int arithmetic(const char *text, int64_t *value)
{
	char *expanded = sh_expand_quoted(text, 2);

	if (sh_opt_x && expanded)
		fprintf(stderr, "%s(( %s ))\n", sh_trace_prompt(), text + strspn(text, " "));
	{
		int ok;

		sh_arith_name = "((: ";
		ok = expanded && !sh_skip && sh_arith(expanded, value);
		sh_arith_name = "";
		return ok;
	}
}

static int eval_arith_for(struct sh_node *node)
{
	int64_t value;
	int status = 0;

	if (node->name[strspn(node->name, " ")] && !arithmetic(node->name, &value))
		return 1;
	sh_loops++;
	for (;;) {
		struct sh_mark mark = sh_mark();

		sh_line = node->line;
		value = 1;
		if (node->name2[strspn(node->name2, " ")] && !arithmetic(node->name2, &value)) {
			status = 1;
			break;
		}
		if (!value)
			break;
		status = sh_eval(node->a, 0);
		if (leaves_loop())
			break;
		if (node->name3[strspn(node->name3, " ")] && !arithmetic(node->name3, &value)) {
			status = 1;
			break;
		}
		sh_release(mark);
	}
	sh_loops--;
	return status;
}

static int eval_case(struct sh_node *node, int flags)
{
	char *subject;
	struct sh_case *item;
	int i, status = 0, falls = 0;

	sh_line = node->line;
	subject = sh_expand_string(node->name, X_TILDE);
	if (!subject || sh_skip)
		return 1;
	if (sh_opt_x)
		fprintf(stderr, "%scase %s in\n", sh_trace_prompt(), node->name);
	for (item = node->cases; item; item = item->next) {
		int matched = falls;

		for (i = 0; i < item->count && !matched; i++) {
			char *pattern = sh_expand_pattern(item->patterns[i]);

			if (!pattern || sh_skip)
				return 1;
			matched = sh_match(pattern, subject);
		}
		if (!matched)
			continue;
		status = sh_eval(item->body, flags);
		falls = item->ending == '&';
		if (sh_skip || item->ending == ';')
			break;
	}
	return status;
}

static int eval_time(struct sh_node *node)
{
	struct rusage before, after, own_before, own_after;
	struct timeval start, end;
	const struct timeval *times[3];
	struct timeval user, system, real;
	static const char *const names[] = { "real", "user", "sys" };
	int status, i;

	gettimeofday(&start, NULL);
	getrusage(RUSAGE_CHILDREN, &before);
	getrusage(RUSAGE_SELF, &own_before);
	status = sh_eval(node->a, 0);
	gettimeofday(&end, NULL);
	getrusage(RUSAGE_CHILDREN, &after);
	getrusage(RUSAGE_SELF, &own_after);
	timersub(&end, &start, &real);
	timersub(&after.ru_utime, &before.ru_utime, &user);
	timersub(&after.ru_stime, &before.ru_stime, &system);
	timersub(&own_after.ru_utime, &own_before.ru_utime, &start);
	timeradd(&user, &start, &user);
	timersub(&own_after.ru_stime, &own_before.ru_stime, &start);
	timeradd(&system, &start, &system);
	times[0] = &real;
	times[1] = &user;
	times[2] = &system;
	if (!node->flag)
		fputc('\n', stderr);
	for (i = 0; i < 3; i++) {
		long seconds = times[i]->tv_sec, micro = times[i]->tv_usec;

		if (node->flag)
			fprintf(stderr, "%s %ld.%02ld\n", names[i], seconds, micro / 10000);
		else
			fprintf(stderr, "%s\t%ldm%ld.%03lds\n", names[i], seconds / 60, seconds % 60, micro / 1000);
	}
	return status;
}

/* What a process does that was made for this node: it does not come back. */
static void be_child(struct sh_node *node, int flags)
{
	sh_in_parentheses |= node->kind == N_SUBSHELL;
	if (node->kind == N_SUBSHELL && (!node->redirs || sh_redirect(node->redirs, 1))) {
		struct sh_node *body = node->a;
		int direct = body && (body->kind == N_SIMPLE || body->kind == N_SUBSHELL);

		sh_exit(sh_eval(body, sh_dash || direct ? E_LAST | E_ANY_REDIR : E_LAST));
	}
	if (node->kind == N_SUBSHELL)
		sh_exit(sh_dash ? 2 : 1);
	if (sh_dash || node->kind == N_SIMPLE)
		flags |= E_LAST | E_ANY_REDIR | E_FORKED;
	sh_exit(sh_eval(node, flags));
}

static int eval_subshell(struct sh_node *node, int flags)
{
	struct sh_job *job;
	int status;

	if (node->redirs && sh_dash && !sh_expand_redirs(node->redirs))
		return 2;
	if (flags & E_LAST && flags & E_ANY_REDIR && !sh_has_trap()) {
		sh_subshell++;
		be_child(node, 0);
	}
	job = sh_new_job();
	if (sh_fork(job, node, 0, NULL) == 0)
		be_child(node, 0);
	if (!job->count) {
		sh_delete_job(job);
		return sh_skip ? sh_status : 1;
	}
	status = sh_wait_job(job);
	return status;
}

static int eval_background(struct sh_node *node)
{
	struct sh_job *job;

	if (node->a->redirs && sh_dash && node->a->kind != N_SIMPLE && !sh_expand_redirs(node->a->redirs))
		return 2;
	job = sh_new_job();
	job->background = 1;
	if (sh_fork(job, node->a, 1, NULL) == 0) {
		if (node->a->kind == N_PIPE || node->a->kind == N_AND || node->a->kind == N_OR || node->a->kind == N_NOT) {
			sh_exit(sh_eval(node->a, sh_dash ? E_LAST | E_ANY_REDIR : 0));
		}
		be_child(node->a, 0);
	}
	if (!job->count)
		return 1;
	sh_background(job);
	return 0;
}

static int eval_compound(struct sh_node *node, int flags)
{
	int64_t value;
	int status;

	switch (node->kind) {
	case N_GROUP:
		return sh_eval(node->a, sh_dash ? flags : 0);
	case N_IF:
		status = tested(node->a);
		if (sh_skip)
			return status;
		if (status == 0)
			return sh_eval(node->b, sh_dash ? flags : 0);
		return node->c ? sh_eval(node->c, sh_dash ? flags : 0) : 0;
	case N_WHILE: case N_UNTIL: return eval_while(node);
	case N_FOR: return eval_for(node);
	case N_SELECT: return eval_select(node);
	case N_ARITH_FOR: return eval_arith_for(node);
	case N_CASE: return eval_case(node, sh_dash ? flags : 0);
	case N_COND:
		sh_line = node->line;
		return sh_eval_cond(node->cond);
	case N_ARITH:
		sh_line = node->line;
		return arithmetic(node->name, &value) ? value == 0 : 1;
	default:
		return 0;
	}
}

static int redirected(struct sh_node *node, int flags)
{
	int depth = sh_redir_depth(), status;

	sh_line = node->line;
	if (!sh_redirect(node->redirs, 0))
		status = sh_dash ? 2 : 1;
	else
		status = eval_compound(node, node->redirs ? 0 : flags);
	sh_restore_redirs(depth);
	return status;
}

int sh_eval(struct sh_node *node, int flags)
{
	int status = 0;

	if (!node)
		return sh_status = 0;
	if (sh_trap_pending)
		sh_run_traps();
	switch (node->kind) {
	case N_SEQ:
		status = sh_eval(node->a, 0);
		return sh_skip ? status : sh_eval(node->b, flags);
	case N_AND: case N_OR:
		status = tested(node->a);
		if (sh_skip || (status == 0) == (node->kind == N_OR))
			break;
		return sh_eval(node->b, flags);
	case N_NOT:
		status = node->a ? !tested(node->a) : 1;
		break;
	case N_SIMPLE:
		status = sh_eval_simple(node, flags);
		sh_status = status;
		if (!sh_dash)
			sh_one_status(status);
		sh_check_errexit(status);
		break;
	case N_PIPE:
		status = sh_eval_pipe(node, flags);
		sh_status = status;
		sh_check_errexit(status);
		break;
	case N_SUBSHELL:
		sh_line = node->line;
		status = eval_subshell(node, flags);
		sh_status = status;
		sh_check_errexit(status);
		break;
	case N_BG:
		status = eval_background(node);
		break;
	case N_FUNCTION:
		sh_define(node->name, node);
		break;
	case N_TIME:
		status = eval_time(node);
		break;
	default:
		status = redirected(node, flags);
		if (node->kind == N_COND || node->kind == N_ARITH) {
			sh_status = status;
			sh_check_errexit(status);
		}
	}
	return sh_status = status;
}
