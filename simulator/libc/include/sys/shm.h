#ifndef _SYS_SHM_H
#define _SYS_SHM_H
#include <sys/ipc.h>
#define SHM_RDONLY 0x1000
#define SHM_RND 0x2000
#define SHM_REMAP 0x4000
#define SHM_EXEC 0x8000
#define SHM_R 0x100
#define SHM_W 0x80
#define SHM_LOCK 11
#define SHM_UNLOCK 12
#define SHM_STAT 13
#define SHM_INFO 14
#define SHM_DEST 0x200
#define SHM_LOCKED 0x400
#define SHM_HUGETLB 0x800
#define SHM_NORESERVE 0x1000
#define SHMLBA 4096
typedef unsigned long shmatt_t;
struct shmid_ds { struct ipc_perm shm_perm; size_t shm_segsz; time_t shm_atime, shm_dtime, shm_ctime; pid_t shm_cpid, shm_lpid; shmatt_t shm_nattch; unsigned long __reserved[2]; };
struct shminfo { unsigned long shmmax, shmmin, shmmni, shmseg, shmall, __reserved[4]; };
struct shm_info { int used_ids; unsigned long shm_tot, shm_rss, shm_swp, swap_attempts, swap_successes; };
int shmget(key_t, size_t, int);
void *shmat(int, const void *, int);
int shmdt(const void *);
int shmctl(int, int, struct shmid_ds *);
#endif
