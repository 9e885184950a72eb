/* The eight types of namespaces as unshare, nsenter and lsns name them. */
#ifndef UL_NAMESPACES_H
#define UL_NAMESPACES_H

struct ul_namespace {
	/* CLONE_NEW… */
	int flag;
	/* Its file below /proc/PID/, and that file's name alone. */
	const char *file;
	const char *name;
};

#define UL_NAMESPACES 8
/* In the order in which nsenter enters them: the user namespace first, since it may give the right to the others. */
extern const struct ul_namespace ul_namespaces[UL_NAMESPACES];

#endif
