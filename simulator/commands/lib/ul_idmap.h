/* Maps of ids for a user namespace that unshare makes. */
#ifndef UL_IDMAP_H
#define UL_IDMAP_H

#include <sys/types.h>

/* A range: `count` ids from `outer` are those from `inner` inside. `count` 0: none. */
struct ul_range { unsigned outer, inner, count; };

/* `OUTER,INNER,COUNT`; ends with a message when it is none. */
struct ul_range ul_range_parse(const char *text);
/* What /etc/subuid (`file`) lends the caller; ends with a message when nothing. */
struct ul_range ul_range_lent(const char *file);
/* Makes room for the id `single` inside, which is the caller's own outside: up to three ranges. Returns how many. */
int ul_range_with_single(struct ul_range given, unsigned outer_single, unsigned inner_single, struct ul_range out[3]);
/* Writes one line to a map file of this process; ends with `write failed` when refused. */
void ul_map_self(const char *file, unsigned inner, unsigned outer);
/* The program newuidmap or newgidmap, for that process, with those ranges: replaces the caller. */
void ul_map_exec(const char *program, pid_t pid, const struct ul_range *ranges, int n) __attribute__((noreturn));

#endif
