/* Copying of files and trees (lib/copy.c), for cp and mv. */
#ifndef COPY_H
#define COPY_H
struct copy_options {
	int recursive, preserve_mode, preserve_owner, preserve_times, preserve_links, dereference, dereference_args, force, interactive, no_clobber, update, verbose;
	/* 1: as far as possible; 2: it was asked for by name */
	int preserve_xattrs;
	int hard_link, symbolic_link, moving, remove_destination, parents;
};
/* One source to its destination; messages are printed; false when something could not be done. */
int copy_path(const char *from, const char *to, const struct copy_options *options, int is_argument);
/* Removes a tree without questions. */
int copy_remove_tree(const char *path);
#endif
