/* The mounts of a mount namespace, as /proc/PID/mountinfo lists them. */
#ifndef UL_MOUNTINFO_H
#define UL_MOUNTINFO_H

#include <stddef.h>
#include <stdbool.h>

struct ul_mount {
	int id, parent;
	unsigned major, minor;
	/* Decoded: spaces and the like are themselves. */
	char *root, *target, *type, *source;
	/* Of the mount; `shared:1 master:2`; of the file system. */
	char *options, *optional, *super_options;
};

struct ul_mounts { struct ul_mount *list; size_t n; };

/* Reads the file; ends with a message when it cannot be read. */
struct ul_mounts ul_mounts_read(const char *file);
/* Both kinds of options in one list, `rw` or `ro` once and first; to be freed. */
char *ul_mount_options(const struct ul_mount *mount);
/* The last mount on that path (which is canonical); NULL: none. */
const struct ul_mount *ul_mount_on(const struct ul_mounts *mounts, const char *target);
/* Is the type wanted by a list such as `proc,tmpfs` or `noproc,tmpfs`? */
bool ul_type_matches(const char *type, const char *list);
/* Is the word one of those between commas? */
bool ul_in_list(const char *list, const char *word);

#endif
