#define _GNU_SOURCE
#include "ul_mount_options.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>

#ifndef MS_LAZYTIME
#define MS_LAZYTIME (1 << 25)
#endif
#ifndef MS_NOSYMFOLLOW
#define MS_NOSYMFOLLOW 256
#endif

static const struct { const char *word; unsigned long flag; bool clears; } WORDS[] = {
	{ "ro", MS_RDONLY, false }, { "rw", MS_RDONLY, true }, { "nosuid", MS_NOSUID, false }, { "suid", MS_NOSUID, true }, { "nodev", MS_NODEV, false }, { "dev", MS_NODEV, true },
	{ "noexec", MS_NOEXEC, false }, { "exec", MS_NOEXEC, true }, { "sync", MS_SYNCHRONOUS, false }, { "async", MS_SYNCHRONOUS, true }, { "dirsync", MS_DIRSYNC, false },
	{ "remount", MS_REMOUNT, false }, { "bind", MS_BIND, false }, { "rbind", MS_BIND | MS_REC, false }, { "noatime", MS_NOATIME, false }, { "atime", MS_NOATIME, true },
	{ "nodiratime", MS_NODIRATIME, false }, { "diratime", MS_NODIRATIME, true }, { "relatime", MS_RELATIME, false }, { "norelatime", MS_RELATIME, true },
	{ "strictatime", MS_STRICTATIME, false }, { "nostrictatime", MS_STRICTATIME, true }, { "lazytime", MS_LAZYTIME, false }, { "nolazytime", MS_LAZYTIME, true },
	{ "mand", MS_MANDLOCK, false }, { "nomand", MS_MANDLOCK, true }, { "silent", MS_SILENT, false }, { "loud", MS_SILENT, true }, { "move", MS_MOVE, false },
	{ "nosymfollow", MS_NOSYMFOLLOW, false }, { "symfollow", MS_NOSYMFOLLOW, true },
	{ "defaults", 0, false }, { "auto", 0, false }, { "noauto", 0, false }, { "user", MS_NOSUID | MS_NODEV | MS_NOEXEC, false }, { "nouser", 0, false },
	{ "users", MS_NOSUID | MS_NODEV | MS_NOEXEC, false }, { "nofail", 0, false }, { "_netdev", 0, false },
};
static const struct { const char *word; unsigned long flag; } PROPAGATION[] = {
	{ "shared", MS_SHARED }, { "slave", MS_SLAVE }, { "private", MS_PRIVATE }, { "unbindable", MS_UNBINDABLE }, { "rshared", MS_SHARED | MS_REC }, { "rslave", MS_SLAVE | MS_REC },
	{ "rprivate", MS_PRIVATE | MS_REC }, { "runbindable", MS_UNBINDABLE | MS_REC },
};

static bool add_propagation(struct ul_mount_request *request, const char *word)
{
	for (size_t i = 0; i < sizeof PROPAGATION / sizeof *PROPAGATION; i++)
		if (!strcmp(word, PROPAGATION[i].word) && request->n_propagation < 8) {
			request->propagation[request->n_propagation++] = PROPAGATION[i].flag;
			return true;
		}
	return false;
}

static void add(struct ul_mount_request *request, const char *word)
{
	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
		if (strcmp(word, WORDS[i].word))
			continue;
		request->named |= WORDS[i].flag;
		request->flags = WORDS[i].clears ? request->flags & ~WORDS[i].flag : request->flags | WORDS[i].flag;
		return;
	}
	if (add_propagation(request, word) || !strncmp(word, "comment=", 8) || (!strncmp(word, "x-", 2)))
		return;
	if (!strncmp(word, "X-mount.mkdir", 13)) {
		request->mkdir = true;
		return;
	}
	if (!strcmp(word, "loop") || !strncmp(word, "loop=", 5)) {
		request->loop = true;
		return;
	}
	if (strlen(request->data) + strlen(word) + 2 > sizeof request->data)
		return;
	if (*request->data)
		strcat(request->data, ",");
	strcat(request->data, word);
}

void ul_mount_options_add(struct ul_mount_request *request, const char *list)
{
	char *copy = strdup(list), *rest = copy, *word;
	while ((word = strsep(&rest, ",")))
		if (*word)
			add(request, word);
	free(copy);
}
