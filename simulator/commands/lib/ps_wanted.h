/* ps: what was asked for, and how it is shown (lib/ps_options.c, lib/ps_select.c, lib/ps_output.c). */
#ifndef PS_WANTED_H
#define PS_WANTED_H
#include "ps.h"

/* `everything` … `running_only`: which processes; the others: how. `format`: the letter of a usual one, 0 for none. */
struct ps_wanted {
	bool everything, negate, bsd_all, bsd_x, with_tty, no_leaders, running_only, headings, threads, custom, bsd_format, spids, extra_y;
	char format;
};
extern struct ps_wanted ps_wanted;
extern struct ps_process ps_self;
/* Digits of the largest pid. */
extern int ps_pid_width;
/* By what rows are sorted, the first counts most. */
extern struct ps_key { const struct ps_column *column; bool down; } ps_keys[8];
extern size_t ps_n_keys;

void ps_usage(const char *message) __attribute__((noreturn));
void ps_options(int argc, char *argv[]);

enum ps_by { PS_BY_PID, PS_BY_PPID, PS_BY_SESSION, PS_BY_TTY, PS_BY_EUID, PS_BY_RUID, PS_BY_EGID, PS_BY_RGID, PS_BY_COMM };
/* From a list of words that name processes. */
void ps_select(enum ps_by by, const char *text);
bool ps_chosen(const struct ps_process *p);

/* `pid,comm=NAME,args:20`. A heading of one's own takes the rest of the word. */
void ps_add_format(const char *text);
/* The columns of the chosen format, when there are no own ones. */
void ps_usual_columns(void);
bool ps_any_heading(void);
/* The headings for NULL; cut at so many columns, 0: not at all. */
void ps_print_row(const struct ps_process *p, int columns);
#endif
