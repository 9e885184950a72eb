/* System V IPC objects of the caller's IPC namespace, as /proc/sysvipc lists them. */
#ifndef UL_IPC_H
#define UL_IPC_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

struct ul_ipc {
	key_t key;
	int id;
	unsigned mode;
	uid_t uid, cuid;
	gid_t gid, cgid;
	/* Queues: bytes and messages in it. Segments: size and attaches. Arrays: 0 and semaphores. */
	uint64_t bytes, count;
	/* Last sender and receiver of a queue; maker and last user of a segment. */
	pid_t first_pid, second_pid;
	/* Queues: sent, received, changed. Segments: attached, detached, changed. Arrays: operation, (0), changed. */
	time_t first_time, second_time, changed;
	uint64_t resident, swapped;
};

struct ul_ipcs { struct ul_ipc *list; size_t n; };

/* `kind`: "msg", "shm" or "sem". Ends with a message when the table cannot be read. */
struct ul_ipcs ul_ipc_read(const char *kind);
/* A setting below /proc/sys/kernel, the n-th number in it; 0 when there is none. */
uint64_t ul_ipc_limit(const char *name, int n);

#endif
