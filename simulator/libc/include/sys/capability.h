#ifndef _SYS_CAPABILITY_H
#define _SYS_CAPABILITY_H
#include <sys/types.h>
#include <stdint.h>
#include <linux/capability.h>
typedef struct _cap_struct *cap_t;
typedef int cap_value_t;
typedef enum { CAP_EFFECTIVE, CAP_PERMITTED, CAP_INHERITABLE } cap_flag_t;
typedef enum { CAP_IAB_INH = 2, CAP_IAB_AMB, CAP_IAB_BOUND } cap_iab_vector_t;
typedef struct cap_iab_s *cap_iab_t;
typedef enum { CAP_CLEAR, CAP_SET } cap_flag_value_t;
typedef unsigned cap_mode_t;
#define CAP_MODE_UNCERTAIN ((cap_mode_t)0)
#define CAP_MODE_NOPRIV ((cap_mode_t)1)
#define CAP_MODE_PURE1E_INIT ((cap_mode_t)2)
#define CAP_MODE_PURE1E ((cap_mode_t)3)
#define CAP_MODE_HYBRID ((cap_mode_t)4)
#define CAP_DIFFERS(result, flag) (((result) & (1 << (flag))) != 0)
#define CAP_IS_SUPPORTED(cap) (cap_get_bound(cap) >= 0)
#define CAP_AMBIENT_SUPPORTED() (cap_get_ambient(CAP_CHOWN) >= 0)
cap_t cap_init(void);
cap_t cap_dup(cap_t);
int cap_free(void *);
cap_t cap_get_proc(void);
cap_t cap_get_pid(pid_t);
int cap_set_proc(cap_t);
int cap_get_flag(cap_t, cap_value_t, cap_flag_t, cap_flag_value_t *);
int cap_set_flag(cap_t, cap_flag_t, int, const cap_value_t *, cap_flag_value_t);
int cap_clear(cap_t);
int cap_clear_flag(cap_t, cap_flag_t);
int cap_fill(cap_t, cap_flag_t, cap_flag_t);
int cap_compare(cap_t, cap_t);
int cap_get_bound(cap_value_t);
int cap_drop_bound(cap_value_t);
int cap_get_ambient(cap_value_t);
int cap_set_ambient(cap_value_t, cap_flag_value_t);
int cap_reset_ambient(void);
cap_t cap_from_text(const char *);
char *cap_to_text(cap_t, ssize_t *);
int cap_from_name(const char *, cap_value_t *);
char *cap_to_name(cap_value_t);
cap_value_t cap_max_bits(void);
unsigned cap_get_secbits(void);
int cap_set_secbits(unsigned);
int cap_prctl(long, long, long, long, long, long);
int cap_setuid(uid_t);
int cap_setgroups(gid_t, size_t, const gid_t []);
char *cap_proc_root(const char *);
cap_t cap_get_fd(int);
cap_t cap_get_file(const char *);
uid_t cap_get_nsowner(cap_t);
int cap_set_fd(int, cap_t);
int cap_set_file(const char *, cap_t);
int cap_set_nsowner(cap_t, uid_t);
ssize_t cap_size(cap_t);
int capget(cap_user_header_t, cap_user_data_t);
int capset(cap_user_header_t, const cap_user_data_t);
#endif
