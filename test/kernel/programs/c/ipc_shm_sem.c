/* System V shared memory and semaphores across an ipc namespace */
#define _GNU_SOURCE
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <signal.h>
#include <errno.h>

union semun { int val; struct semid_ds *buf; unsigned short *array; };
static char stack[1 << 16];
static int semid, shmid;
static char *mem;

static void sem(int id, int n, int by)
{
	struct sembuf op = { n, by, 0 };
	if (semop(id, &op, 1) < 0) { perror("semop"); _exit(1); }
}

static int in_new_ns(void *a)
{
	struct shmid_ds ds;
	printf("new ns: memory still says \"%s\"\n", mem);
	if (shmctl(shmid, IPC_STAT, &ds) < 0) printf("new ns: shmctl: %s\n", strerror(errno));
	if (semop(semid, &(struct sembuf){ 0, 1, 0 }, 1) < 0) printf("new ns: semop: %s\n", strerror(errno));
	int id = shmget(IPC_PRIVATE, 4096, 0600);
	printf("new ns: first segment is %d\n", id);
	fflush(stdout);
	return 0;
}

int main(void)
{
	key_t key = 42;
	struct shmid_ds ds;
	union semun arg;
	shmid = shmget(key, 5000, IPC_CREAT | IPC_EXCL | 0640);
	if (shmid < 0) { perror("shmget"); return 1; }
	if (shmget(key, 5000, IPC_CREAT | IPC_EXCL) < 0) perror("again");
	if (shmget(key, 9000, 0) < 0) perror("too big");
	mem = shmat(shmid, NULL, 0);
	semid = semget(IPC_PRIVATE, 2, 0600);
	arg.val = 0;
	semctl(semid, 0, SETVAL, arg);
	semctl(semid, 1, SETVAL, arg);
	if (fork() == 0) {
		sem(semid, 0, -1);               /* wait for the parent's text */
		printf("child reads \"%s\"\n", mem);
		fflush(stdout);
		strcpy(mem, "pong");
		sem(semid, 1, +1);
		_exit(0);
	}
	strcpy(mem, "ping");
	sem(semid, 0, +1);
	sem(semid, 1, -1);
	wait(NULL);
	printf("parent reads \"%s\"\n", mem);
	shmctl(shmid, IPC_STAT, &ds);
	printf("size %zu, attached %lu, mode %o\n", ds.shm_segsz, (unsigned long)ds.shm_nattch, ds.shm_perm.mode & 0777);
	printf("sems %d %d, last pid is child: %d\n", semctl(semid, 0, GETVAL), semctl(semid, 1, GETVAL), semctl(semid, 1, GETPID) == getpid());
	fflush(stdout);
	if (clone(in_new_ns, stack + sizeof stack, CLONE_NEWIPC | SIGCHLD, NULL) < 0) perror("clone");
	else wait(NULL);
	shmdt(mem);
	if (shmctl(shmid, IPC_RMID, NULL) < 0) perror("rmid");
	if (semctl(semid, 0, IPC_RMID) < 0) perror("sem rmid");
	if (semctl(semid, 0, GETVAL) < 0) perror("after");
	return 0;
}
