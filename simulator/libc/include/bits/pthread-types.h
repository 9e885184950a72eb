#ifndef _BITS_PTHREAD_TYPES_H
#define _BITS_PTHREAD_TYPES_H
typedef unsigned long pthread_t;
typedef unsigned int pthread_key_t;
typedef int pthread_once_t;
typedef union { char __size[56]; long __align; } pthread_attr_t;
/* owner: the tid that holds it; count: how often, when recursive */
typedef union { struct { int lock, owner, count, kind; } __data; char __size[40]; long __align; } pthread_mutex_t;
typedef union { char __size[4]; int __align; } pthread_mutexattr_t;
typedef union { struct { int sequence, waiters, clock; } __data; char __size[48]; long long __align; } pthread_cond_t;
typedef union { char __size[4]; int __align; } pthread_condattr_t;
typedef union { struct { int lock, readers, writer, waiting; } __data; char __size[56]; long __align; } pthread_rwlock_t;
typedef union { char __size[8]; long __align; } pthread_rwlockattr_t;
typedef volatile int pthread_spinlock_t;
typedef union { struct { int lock, wanted, arrived, round; } __data; char __size[32]; long __align; } pthread_barrier_t;
typedef union { char __size[4]; int __align; } pthread_barrierattr_t;
#endif
