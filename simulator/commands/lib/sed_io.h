/* sed: lines in and out (lib/sed_io.c). */
#ifndef SED_IO_H
#define SED_IO_H
#include <stdio.h>
#include <sys/types.h>

struct sed_space { char *text; size_t length, room; };
extern struct sed_space sed_pattern;
extern int sed_in_place, sed_status, sed_unbuffered, sed_delimiter, sed_file_count, sed_file_at;
extern int sed_no_newline;                 /* the pattern space's line had none */
extern const char *sed_suffix;
extern char **sed_files, *sed_ahead;
extern FILE *sed_input, *sed_out;
extern long sed_line_number;
extern size_t sed_ahead_room;
extern ssize_t sed_ahead_length;           /* of the line that was looked at; -1 at the end, -2: not looked yet */
void sed_put(struct sed_space *space, const char *text, size_t length);
void sed_close_output(void);
int sed_is_last(void);
/* The next line into the pattern space (behind what is there, with append); false at the end. */
int sed_read_line(int append);
void sed_end_line(FILE *to);
void sed_write_line(FILE *to, const char *text, size_t length);
void sed_flush_queue(void);
void sed_append(char *text, int is_file);
#endif
