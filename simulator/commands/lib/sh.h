/*
 * The shell: one program that is bash 5.2 when it is called bash, and dash 0.5.12 (Debian's /bin/sh) when it is called sh or dash.
 * `sh_dash` is the difference: messages, which words are special, and when a command is executed without a fork.
 *
 * Text goes through it in these steps: sh_input (lines) -> sh_lex (tokens; a word stays raw text with its quotes) -> sh_parse (nodes)
 * -> sh_eval (runs nodes) -> sh_expand (raw words to fields). While a word is expanded, a quoted character that could mean something in a
 * pattern has a backslash before it; sh_unescape() takes them away at the end.
 */
#ifndef SH_H
#define SH_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* ---- memory: an arena for syntax trees and expansions, released in the reverse order (sh_mem.c) ---- */
struct sh_mark { struct sh_chunk *chunk; size_t used; };
void *sh_alloc(size_t size);
char *sh_copy(const char *text);
char *sh_copyn(const char *text, size_t length);
struct sh_mark sh_mark(void);
void sh_release(struct sh_mark mark);
/* What is allocated now stays for good (a function's body). */
void sh_keep(void);
void *sh_xmalloc(size_t size);
char *sh_xstrdup(const char *text);

struct sh_buf { char *text; size_t length, room; };
void sh_put(struct sh_buf *buf, char c);
void sh_puts(struct sh_buf *buf, const char *text);
void sh_putn(struct sh_buf *buf, const char *text, size_t length);
void sh_putf(struct sh_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The text as a C string; valid until the next put. */
char *sh_text(struct sh_buf *buf);
void sh_clear(struct sh_buf *buf);

struct sh_list { char **item; int count, room; };
void sh_push(struct sh_list *list, char *text);

/* ---- syntax trees ---- */
enum sh_kind {
	N_SIMPLE, N_PIPE, N_AND, N_OR, N_SEQ, N_BG, N_NOT, N_TIME, N_SUBSHELL, N_GROUP, N_IF, N_FOR, N_ARITH_FOR, N_SELECT, N_WHILE, N_UNTIL,
	N_CASE, N_FUNCTION, N_COND, N_ARITH
};
enum sh_redir_kind {
	R_IN, R_OUT, R_APPEND, R_CLOBBER, R_RDWR, R_DUP_IN, R_DUP_OUT, R_HERE, R_HERE_STRING, R_BOTH, R_BOTH_APPEND
};
struct sh_redir {
	struct sh_redir *next;
	enum sh_redir_kind kind;
	int fd;            /* -1: the operator's own */
	char *variable;    /* {name}>file: the descriptor's number goes there */
	char *word;        /* target, or the delimiter as it was written */
	char *ready;       /* the target, when it was expanded before the fork */
	char *body;        /* of a here-document */
	int literal;       /* the delimiter was quoted */
	int strip;         /* <<- */
};
struct sh_case { struct sh_case *next; char **patterns; int count; struct sh_node *body; int ending; /* ';' ;;  '&' ;&  '+' ;;& */ };
struct sh_node {
	enum sh_kind kind;
	int line;
	struct sh_node *a, *b, *c;
	char **words;      /* of a simple command, for's list, the pipeline's none */
	int count;
	char **assigns;
	int assign_count;
	char *name;        /* for's variable, a function's name, an expression */
	char *name2, *name3;
	struct sh_redir *redirs;
	struct sh_case *cases;
	struct sh_cond *cond;
	int flag;          /* N_PIPE: |& ; N_FOR: has a list; N_TIME: -p ; N_IF: the else part is an elif */
};
struct sh_cond {       /* [[ … ]] */
	enum { C_AND, C_OR, C_NOT, C_UNARY, C_BINARY, C_WORD } kind;
	struct sh_cond *a, *b;
	char *op, *left, *right;
};

/* ---- input (sh_input.c) ---- */
struct sh_input {
	struct sh_input *up;
	const char *text;          /* a string, or the current line of a descriptor */
	size_t pos, length;
	int fd;                    /* -1: a string */
	int interactive;
	int line;                  /* of the character at pos */
	int ended;
	struct sh_buf buf;
	const char *line_start;    /* of the line that pos is in, for messages */
	char *alias;               /* this input is that alias's text */
	char *block; size_t block_pos, block_length;
};
extern struct sh_input *sh_in;
void sh_push_string(struct sh_input *in, const char *text, int line);
void sh_push_fd(struct sh_input *in, int fd, int interactive);
void sh_pop_input(void);
int sh_getc(void);
void sh_ungetc(void);
/* Everything of the innermost string has been read (but blanks and newlines). */
int sh_at_end(void);
/* The line that is being read, without its newline. */
char *sh_input_line(void);
extern int sh_continued;            /* a command has begun and goes on in the next line */
extern int sh_capturing;
extern struct sh_buf sh_captured;

/* ---- tokens (sh_lex.c) ---- */
enum sh_token {
	T_EOF, T_NEWLINE, T_WORD, T_IO_NUMBER, T_SEMI, T_DSEMI, T_SEMI_AND, T_DSEMI_AND, T_AND, T_ANDAND, T_OR, T_OROR, T_OR_AND, T_LPAREN, T_RPAREN,
	T_LESS, T_GREAT, T_DLESS, T_DLESSDASH, T_TLESS, T_DGREAT, T_LESSAND, T_GREATAND, T_LESSGREAT, T_CLOBBER, T_AND_GREAT, T_AND_DGREAT
};
struct sh_lexer {
	enum sh_token token;
	char *word;
	int peeked;
	int line;
	struct sh_redir *here[16];
	int here_count;
	int command_position;      /* aliases are looked for */
	int in_cond;               /* between [[ and ]] */
	int regex;                 /* the next word is a regular expression */
};
extern struct sh_lexer sh_lx;
extern int sh_syntax_error;
enum sh_token sh_peek(void);
enum sh_token sh_next(void);
int sh_joined(void);                          /* the next character; a backslash before a newline joins the lines (sh_word.c) */
int sh_ends_word(int c);
int sh_read_word(struct sh_buf *word, int c);
void sh_read_arith(struct sh_buf *word);
/* Reads from after the `((` to the matching `))`; NULL when it is something else (then *text is what was read). */
char *sh_lex_arith(char **text);
void sh_syntax_unexpected(enum sh_token token, const char *expected);
void sh_syntax_message(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *sh_token_text(enum sh_token token);
int sh_is_name(const char *text);
/* The length of the name at text; 0 when there is none. */
size_t sh_name_length(const char *text);
/* Whether a raw word is NAME=…, NAME+=… or NAME[…]=…; the place of `=` (or of `+`) in *at. */
int sh_is_assignment(const char *word, size_t *at);

/* ---- parser ---- */
struct sh_node *sh_parse_command(void);    /* the next complete command; NULL at the end or after a blank line */
struct sh_node *sh_parse_list(void);       /* up to a closing word or ) */
struct sh_node *sh_parse_compound(int *is);
struct sh_node *sh_parse_pipeline(void);
int sh_parse_redir(struct sh_redir ***tail);
struct sh_node *sh_node(enum sh_kind kind);
struct sh_cond *sh_parse_cond(void);
int sh_word_is(const char *text);
int sh_expect_word(const char *text);
void sh_skip_newlines(void);
int sh_is_reserved(const char *word);

/* ---- printing of trees (sh_print.c) ---- */
char *sh_print_node(const struct sh_node *node);                /* one line, for jobs */
void sh_print_function(const char *name, const struct sh_node *body);
char *sh_quote(const char *text);                                 /* for `set`, `export -p`, `alias` */

/* ---- variables (sh_var.c, sh_array.c) ---- */
enum { V_EXPORT = 1, V_READONLY = 2, V_INTEGER = 4, V_ARRAY = 8, V_ASSOC = 16, V_LOCAL = 32, V_UPPER = 64, V_LOWER = 128, V_NAMEREF = 256 };
struct sh_element { struct sh_element *next; long index; char *key; char *value; };
struct sh_var {
	struct sh_var *next;
	char *name, *value;        /* value NULL: not set */
	int flags;
	struct sh_element *elements;
};
void sh_var_init(char **environment);
struct sh_var *sh_find(const char *name);
struct sh_var *sh_make(const char *name);
const char *sh_get(const char *name);
/* False with a message when it is read-only. */
int sh_set(const char *name, const char *value);
int sh_unset(const char *name);
int sh_assign(const char *word, int flags, int local);            /* a raw assignment word, expanded here */
int sh_assign_word(const char *word, int flags, int local);       /* one that is expanded already: NAME[=VALUE] of export, local, … */
char **sh_environment(void);
struct sh_var **sh_all_vars(int *count);
void sh_scope_push(void);
void sh_scope_pop(void);
struct sh_var *sh_local(const char *name);
int sh_in_function(void);
char *sh_element(struct sh_var *var, const char *subscript);
int sh_set_element(struct sh_var *var, const char *subscript, const char *value, int append);
int sh_unset_element(struct sh_var *var, const char *subscript);
void sh_clear_elements(struct sh_var *var);
int sh_element_count(const struct sh_var *var);
int sh_assign_compound(struct sh_var *var, const char *text, int append);
void sh_print_var(const struct sh_var *var, const char *prefix);

/* positional parameters, options, state */
extern char **sh_args; extern int sh_arg_count;
extern char *sh_name0;             /* $0 */
extern const char *sh_message_name;
extern int sh_dash, sh_busybox, sh_interactive, sh_posix;
extern int sh_interactive_shell;     /* sh_interactive of the shell that children come from, for messages */
extern int sh_status, sh_line, sh_had_subst;
extern long sh_started;
extern pid_t sh_pid, sh_last_bg;
extern int sh_subshell;            /* how deep */
extern int sh_opt_e, sh_opt_u, sh_opt_x, sh_opt_f, sh_opt_n, sh_opt_v, sh_opt_C, sh_opt_a, sh_opt_m, sh_opt_pipefail, sh_opt_c, sh_opt_b, sh_opt_noeof;
extern int sh_nullglob, sh_dotglob, sh_failglob, sh_nocasematch, sh_expand_aliases, sh_extglob, sh_lastpipe;
extern char *sh_last_arg;
extern const char *sh_function_name;

/* ---- expansion ---- */
/* X_PATTERN: a value's backslashes count as quotes; X_LIKE_ASSIGN: ~ also behind = and :; X_NO_FIELD: "$@" was empty. */
enum { X_SPLIT = 1, X_GLOB = 2, X_TILDE = 4, X_ASSIGN = 8, X_PATTERN = 16, X_LIKE_ASSIGN = 32, X_NO_FIELD = 64 };
int sh_expand_words(char **words, int count, struct sh_list *out);
/* One field, quotes removed; NULL after an error. */
char *sh_expand_string(const char *word, int flags);
/* One field with its backslashes, for matching. */
char *sh_expand_pattern(const char *word);
/* As between double quotes: here-documents, prompts, arithmetic. */
char *sh_expand_quoted(const char *text, int here);
char *sh_unescape(const char *text);
char *sh_unquote(const char *word);            /* quotes removed, nothing expanded */
struct sh_expander {
	struct sh_buf cur;
	int has, ws_ended, split;
	int flags;
	struct sh_list *out;
	const char *ifs;
};
void sh_x_text(struct sh_expander *x, const char *text, int quoted);
void sh_x_break(struct sh_expander *x);
int sh_x_run(struct sh_expander *x, const char *text, size_t length, int quoted, int mode);
const char *sh_x_param(struct sh_expander *x, const char *at, const char *end, int quoted);
char *sh_transform(const char *text, const char *op, const char *end);
char *sh_param(const char *name, size_t length, int *set);
char *sh_command_subst(const char *text);
char *sh_process_subst(const char *text, int output);
void sh_close_process_substs(void);
const char *sh_skip_braced(const char *at, const char *end, int quoted);      /* after `${`: the place of its `}` */
const char *sh_skip_paren(const char *at, const char *end);                   /* after `(`: the place of its `)` */
const char *sh_skip_quote(const char *at, const char *end);                   /* at a quote: after its end */
void sh_brace_expand(const char *word, struct sh_list *out);
char *sh_ansi_c(const char *text, size_t length, size_t *used);                /* $'…' */
int sh_match(const char *pattern, const char *text);
int sh_match_prefix(const char *pattern, const char *text, size_t length);    /* the first `length` bytes only */
int sh_has_glob(const char *pattern);
int sh_glob(const char *pattern, struct sh_list *out);
char *sh_tilde(const char *at, size_t *used, const char *stop);
int sh_arith(const char *text, int64_t *value);                               /* false with a message */
int sh_utf8(void);
size_t sh_char_length(const char *text);                                      /* bytes of the character there */
size_t sh_text_chars(const char *text);

/* ---- running ---- */
/* E_LAST: the process does nothing behind it; E_ANY_REDIR: it may be replaced in spite of redirections; E_FORKED: it is a new process. */
enum { E_LAST = 1, E_ANY_REDIR = 2, E_FORKED = 4 };
extern int sh_trace_depth;
extern const char *sh_arith_name;
char *sh_trace_prompt(void);
void sh_one_status(int status);
enum { SKIP_NONE, SKIP_BREAK, SKIP_CONTINUE, SKIP_RETURN, SKIP_ABORT };
extern int sh_skip, sh_skip_levels, sh_loops, sh_functions;
extern int sh_tested, sh_in_parentheses;
int sh_eval(struct sh_node *node, int flags);
int sh_eval_simple(struct sh_node *node, int flags);
int sh_eval_pipe(struct sh_node *node, int flags);
int sh_eval_cond(const struct sh_cond *cond);
int sh_run_string(const char *text, int line, int flags);
int sh_run_input(int flags);
int sh_call_function(struct sh_node *body, const char *name, char **argv, int argc);
void sh_exec(char **argv, const char *path, char **environment) __attribute__((noreturn));
char *sh_find_command(const char *name, int *status);
void sh_not_found(const char *name, const char *path, int status);
void sh_hash_clear(void);
int sh_hash_list(void);
int sh_hash_put(const char *name, const char *path);
char *sh_hash_get(const char *name);
int sh_redirect(struct sh_redir *list, int permanent);                         /* false with a message */
void sh_restore_redirs(int depth);
int sh_redir_depth(void);
void sh_forget_redirs(void);
int sh_expand_redirs(struct sh_redir *list);
void sh_exit(int status) __attribute__((noreturn));
void sh_fatal_error(int status);                                               /* an error that ends a shell that is not interactive */
int sh_check_errexit(int status);

struct sh_function { struct sh_function *next; char *name; struct sh_node *body; };
struct sh_function *sh_function(const char *name);
void sh_define(const char *name, struct sh_node *body);
int sh_undefine(const char *name);
extern struct sh_function *sh_function_list;

/* ---- jobs and traps ---- */
enum { J_RUNNING, J_STOPPED, J_DONE };
struct sh_process { pid_t pid; int status, state; char *text; };
struct sh_job {
	struct sh_job *next;
	int number, state, notified, background, control, keep, reported;
	pid_t pgid;
	struct sh_process *process;
	int count, room;
	char *text;
};
extern struct sh_job *sh_jobs, *sh_current_job, *sh_previous_job;
/* A message for a job that a signal killed. */
void sh_say_how_it_died(struct sh_job *job);
pid_t sh_fork(struct sh_job *job, struct sh_node *node, int background, char *text);
struct sh_job *sh_new_job(void);
int sh_wait_job(struct sh_job *job);
int sh_gone_status(pid_t pid, int *status);
int sh_job_status(struct sh_job *job);
void sh_delete_job(struct sh_job *job);
struct sh_job *sh_find_job(const char *spec, const char *command);
void sh_background(struct sh_job *job);
void sh_report_jobs(void);
void sh_print_job(struct sh_job *job, int mode);
int sh_reap(int block);
int sh_exit_code(int wait_status);
void sh_init_job_control(void);
void sh_foreground(struct sh_job *job, int resume);
extern pid_t sh_terminal_group;
const char *sh_signal_name(int number);
const char *sh_signal_text(int number, int core);
int sh_signal_number(const char *name);
void sh_run_traps(void);
extern volatile int sh_trap_pending;
extern volatile int sh_interrupted;
void sh_init_signals(void);
void sh_child_signals(int background);
int sh_has_trap(void);
int sh_trap_exit(void);
int sh_b_trap(int argc, char **argv);
extern char *sh_trap_text[66];

/* ---- builtins ---- */
enum { B_SPECIAL = 1, B_ASSIGN = 2, B_NO_DASH = 4, B_DASH = 8 };
struct sh_builtin { const char *name; int (*run)(int argc, char **argv); int flags; };
const struct sh_builtin *sh_builtin(const char *name);
extern const struct sh_builtin sh_builtins[];
int sh_run_builtin(const struct sh_builtin *builtin, int argc, char **argv);
extern const char *sh_current_builtin;
int sh_test(int argc, char **argv);
extern int sh_sourcing;
char *sh_always_quote(const char *text);
const char *sh_job_text(struct sh_job *job);
int sh_last_signal(void);
void sh_exec_signals(void);
void sh_set_level(int by);
#define SH_B(name) int sh_b_##name(int argc, char **argv)
SH_B(alias); SH_B(break); SH_B(cd); SH_B(command); SH_B(declare); SH_B(disown); SH_B(eval); SH_B(exec); SH_B(exit); SH_B(export); SH_B(fg);
SH_B(getopts); SH_B(hash); SH_B(jobs); SH_B(kill); SH_B(let); SH_B(mapfile); SH_B(pwd); SH_B(read); SH_B(return); SH_B(set); SH_B(shift);
SH_B(shopt); SH_B(source); SH_B(times); SH_B(true); SH_B(type); SH_B(ulimit); SH_B(umask); SH_B(unalias); SH_B(unset); SH_B(wait); SH_B(builtin);
SH_B(help); SH_B(dirs); SH_B(suspend);
char *sh_assignment_text(const char *name, const char *value);
int sh_set_options(int argc, char **argv, int i, int *dashes);
int sh_run_words(int argc, char **argv);
int sh_option_is_on(const char *name);
int sh_b_echo(int argc, char **argv);
int sh_b_printf(int argc, char **argv);
int sh_b_test(int argc, char **argv);
/* Messages: `bash: line 3: ` / `sh: 3: ` and the text. */
void sh_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same with the builtin's name. */
int sh_builtin_error(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));
int sh_usage(const char *option, const char *usage);
struct sh_alias { struct sh_alias *next; char *name, *value; int busy; };
struct sh_alias *sh_alias(const char *name);
void sh_prompt(int second);
int sh_main(int argc, char **argv);
#endif
