#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/sem.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <errno.h>
union semun { int val; struct semid_ds *buf; unsigned short *array; };
struct msgbuf1 { long mtype; char mtext[100]; };
int main(void) {
  key_t key = 0x1234;
  int shmid = shmget(key, 4096, IPC_CREAT | 0666); printf("shmid %d\n", shmid);
  int *p = shmat(shmid, NULL, 0); *p = 0;
  int semid = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600); union semun u; u.val = 1; semctl(semid, 0, SETVAL, u);
  unsigned short arr[2] = {1, 5}; u.array = arr; semctl(semid, 0, SETALL, u);
  printf("val %d %d\n", semctl(semid, 0, GETVAL), semctl(semid, 1, GETVAL)); fflush(stdout);
  for (int i = 0; i < 3; i++) if (fork() == 0) {
    struct sembuf op = {0, -1, SEM_UNDO}; semop(semid, &op, 1);
    int v = *p; usleep(100); *p = v + 1;
    op.sem_op = 1; semop(semid, &op, 1); exit(0);
  }
  while (wait(NULL) > 0);
  printf("total %d\n", *p);
  struct sembuf o2 = {1, -9, IPC_NOWAIT}; if (semop(semid, &o2, 1)) perror("semop");
  struct shmid_ds ds; shmctl(shmid, IPC_STAT, &ds); printf("size %zu nattch %lu mode %o cpid %d\n", ds.shm_segsz, ds.shm_nattch, ds.shm_perm.mode, ds.shm_cpid);
  if (shmget(key, 8192, 0) < 0) perror("shmget"); if (shmget(key, 10, IPC_CREAT|IPC_EXCL) < 0) perror("shmget");
  int q = msgget(ftok("/etc/passwd", 'A') != -1 ? 99 : 0, IPC_CREAT | 0644);
  struct msgbuf1 m = {2, "second"}; msgsnd(q, &m, 7, 0); m.mtype = 1; strcpy(m.mtext, "first"); msgsnd(q, &m, 6, 0); m.mtype = 3; strcpy(m.mtext, "third message"); msgsnd(q, &m, 14, 0);
  struct msqid_ds qd; msgctl(q, IPC_STAT, &qd); printf("qnum %lu cbytes %lu\n", qd.msg_qnum, qd.__msg_cbytes); fflush(stdout);
  system("ipcs -q; ipcs -m; ipcs -s");
  int n = msgrcv(q, &m, 100, -2, 0); printf("%d %ld %s\n", n, m.mtype, m.mtext); n = msgrcv(q, &m, 5, 3, 0); perror("msgrcv"); n = msgrcv(q, &m, 5, 3, MSG_NOERROR); printf("%d %.5s\n", n, m.mtext);
  n = msgrcv(q, &m, 100, 9, IPC_NOWAIT); perror("msgrcv");
  msgctl(q, IPC_RMID, 0); shmdt(p); shmctl(shmid, IPC_RMID, 0); semctl(semid, 0, IPC_RMID); if (shmat(shmid, 0, 0) == (void *)-1) perror("shmat"); fflush(stdout);
  system("ipcs");
  return 0;
}
