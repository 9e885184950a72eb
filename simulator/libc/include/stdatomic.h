#ifndef _STDATOMIC_H
#define _STDATOMIC_H
#include <stddef.h>
#include <stdint.h>
typedef enum { memory_order_relaxed, memory_order_consume, memory_order_acquire, memory_order_release, memory_order_acq_rel, memory_order_seq_cst } memory_order;

typedef _Atomic _Bool atomic_bool;
typedef _Atomic char atomic_char;
typedef _Atomic signed char atomic_schar;
typedef _Atomic unsigned char atomic_uchar;
typedef _Atomic short atomic_short;
typedef _Atomic unsigned short atomic_ushort;
typedef _Atomic int atomic_int;
typedef _Atomic unsigned atomic_uint;
typedef _Atomic long atomic_long;
typedef _Atomic unsigned long atomic_ulong;
typedef _Atomic long long atomic_llong;
typedef _Atomic unsigned long long atomic_ullong;
typedef _Atomic int_least8_t atomic_int_least8_t;
typedef _Atomic uint_least8_t atomic_uint_least8_t;
typedef _Atomic int_least16_t atomic_int_least16_t;
typedef _Atomic uint_least16_t atomic_uint_least16_t;
typedef _Atomic int_least32_t atomic_int_least32_t;
typedef _Atomic uint_least32_t atomic_uint_least32_t;
typedef _Atomic int_least64_t atomic_int_least64_t;
typedef _Atomic uint_least64_t atomic_uint_least64_t;
typedef _Atomic intptr_t atomic_intptr_t;
typedef _Atomic uintptr_t atomic_uintptr_t;
typedef _Atomic size_t atomic_size_t;
typedef _Atomic ptrdiff_t atomic_ptrdiff_t;
typedef _Atomic intmax_t atomic_intmax_t;
typedef _Atomic uintmax_t atomic_uintmax_t;
typedef struct { _Bool __set; } atomic_flag;

#define ATOMIC_FLAG_INIT { 0 }
#define ATOMIC_VAR_INIT(value) (value)
#define ATOMIC_BOOL_LOCK_FREE 2
#define ATOMIC_CHAR_LOCK_FREE 2
#define ATOMIC_SHORT_LOCK_FREE 2
#define ATOMIC_INT_LOCK_FREE 2
#define ATOMIC_LONG_LOCK_FREE 2
#define ATOMIC_LLONG_LOCK_FREE 2
#define ATOMIC_POINTER_LOCK_FREE 2
#define kill_dependency(y) (y)

#define atomic_init(at, value) atomic_store(at, value)
#define atomic_is_lock_free(at) ((void)(at), 1)
#define atomic_thread_fence(order) __atomic_thread_fence(order)
#define atomic_signal_fence(order) __atomic_signal_fence(order)
#define atomic_store_explicit(at, value, order) __atomic_store_n((at), (value), (order))
#define atomic_store(at, value) atomic_store_explicit(at, value, memory_order_seq_cst)
#define atomic_load_explicit(at, order) __atomic_load_n((at), (order))
#define atomic_load(at) atomic_load_explicit(at, memory_order_seq_cst)
#define atomic_exchange_explicit(at, value, order) __atomic_exchange_n((at), (value), (order))
#define atomic_exchange(at, value) atomic_exchange_explicit(at, value, memory_order_seq_cst)
#define atomic_compare_exchange_strong_explicit(at, expected, value, yes, no) __atomic_compare_exchange_n((at), (expected), (value), 0, (yes), (no))
#define atomic_compare_exchange_strong(at, expected, value) atomic_compare_exchange_strong_explicit(at, expected, value, memory_order_seq_cst, memory_order_seq_cst)
#define atomic_compare_exchange_weak_explicit(at, expected, value, yes, no) __atomic_compare_exchange_n((at), (expected), (value), 1, (yes), (no))
#define atomic_compare_exchange_weak(at, expected, value) atomic_compare_exchange_weak_explicit(at, expected, value, memory_order_seq_cst, memory_order_seq_cst)
#define atomic_fetch_add_explicit(at, value, order) __atomic_fetch_add((at), (value), (order))
#define atomic_fetch_add(at, value) atomic_fetch_add_explicit(at, value, memory_order_seq_cst)
#define atomic_fetch_sub_explicit(at, value, order) __atomic_fetch_sub((at), (value), (order))
#define atomic_fetch_sub(at, value) atomic_fetch_sub_explicit(at, value, memory_order_seq_cst)
#define atomic_fetch_or_explicit(at, value, order) __atomic_fetch_or((at), (value), (order))
#define atomic_fetch_or(at, value) atomic_fetch_or_explicit(at, value, memory_order_seq_cst)
#define atomic_fetch_xor_explicit(at, value, order) __atomic_fetch_xor((at), (value), (order))
#define atomic_fetch_xor(at, value) atomic_fetch_xor_explicit(at, value, memory_order_seq_cst)
#define atomic_fetch_and_explicit(at, value, order) __atomic_fetch_and((at), (value), (order))
#define atomic_fetch_and(at, value) atomic_fetch_and_explicit(at, value, memory_order_seq_cst)
#define atomic_flag_test_and_set_explicit(at, order) __atomic_test_and_set(&(at)->__set, (order))
#define atomic_flag_test_and_set(at) atomic_flag_test_and_set_explicit(at, memory_order_seq_cst)
#define atomic_flag_clear_explicit(at, order) __atomic_clear(&(at)->__set, (order))
#define atomic_flag_clear(at) atomic_flag_clear_explicit(at, memory_order_seq_cst)
#endif
