#define _GNU_SOURCE
#include "ul_namespaces.h"

#include <sched.h>

#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x80
#endif

const struct ul_namespace ul_namespaces[UL_NAMESPACES] = {
	{ CLONE_NEWUSER, "ns/user", "user" },
	{ CLONE_NEWCGROUP, "ns/cgroup", "cgroup" },
	{ CLONE_NEWIPC, "ns/ipc", "ipc" },
	{ CLONE_NEWUTS, "ns/uts", "uts" },
	{ CLONE_NEWNET, "ns/net", "net" },
	{ CLONE_NEWPID, "ns/pid", "pid" },
	{ CLONE_NEWNS, "ns/mnt", "mnt" },
	{ CLONE_NEWTIME, "ns/time", "time" },
};
