/* Words after `mount -o`, as flags of mount(2). */
#ifndef UL_MOUNT_OPTIONS_H
#define UL_MOUNT_OPTIONS_H

#include <stdbool.h>

struct ul_mount_request {
	/* Flags that are set, and those that were named, set or not. */
	unsigned long flags, named;
	/* Propagation: MS_SHARED and so on, each with or without MS_REC, one after another. */
	unsigned long propagation[8];
	int n_propagation;
	/* What is the file system's: `size=1m,mode=700`; "" when nothing. */
	char data[4096];
	bool loop, mkdir;
};

/* Adds a list of options; unknown words are the file system's. */
void ul_mount_options_add(struct ul_mount_request *request, const char *list);

#endif
