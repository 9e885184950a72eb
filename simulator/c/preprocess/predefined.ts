/** What gcc 12 for x86-64 Linux defines by itself, as far as programs and headers look at it (`gcc -dM -E`, C17 with GNU extensions). */
export const PREDEFINED: Readonly<Record<string, string>> = {
  __STDC__: '1', __STDC_VERSION__: '201710L', __STDC_HOSTED__: '1', __STDC_UTF_16__: '1', __STDC_UTF_32__: '1', __STDC_IEC_559__: '1', __STDC_ISO_10646__: '201706L',
  __GNUC__: '12', __GNUC_MINOR__: '2', __GNUC_PATCHLEVEL__: '0', __VERSION__: '"12.2.0"', __GNUC_STDC_INLINE__: '1', __NO_INLINE__: '1',
  __linux__: '1', __linux: '1', linux: '1', __gnu_linux__: '1', __unix__: '1', __unix: '1', unix: '1', __ELF__: '1', __x86_64__: '1', __x86_64: '1', __amd64__: '1', __amd64: '1',
  __k8: '1', __k8__: '1', __SSE__: '1', __SSE2__: '1', __LP64__: '1', _LP64: '1', __code_model_small__: '1', __USER_LABEL_PREFIX__: '', __REGISTER_PREFIX__: '', __pic__: '2', __PIC__: '2', __pie__: '2', __PIE__: '2',
  __CHAR_BIT__: '8', __BIGGEST_ALIGNMENT__: '16', __ORDER_LITTLE_ENDIAN__: '1234', __ORDER_BIG_ENDIAN__: '4321', __ORDER_PDP_ENDIAN__: '3412', __BYTE_ORDER__: '__ORDER_LITTLE_ENDIAN__',
  __FLOAT_WORD_ORDER__: '__ORDER_LITTLE_ENDIAN__', __SIZEOF_INT__: '4', __SIZEOF_LONG__: '8', __SIZEOF_LONG_LONG__: '8', __SIZEOF_SHORT__: '2', __SIZEOF_FLOAT__: '4', __SIZEOF_DOUBLE__: '8',
  __SIZEOF_LONG_DOUBLE__: '16', __SIZEOF_SIZE_T__: '8', __SIZEOF_WCHAR_T__: '4', __SIZEOF_WINT_T__: '4', __SIZEOF_PTRDIFF_T__: '8', __SIZEOF_POINTER__: '8',
  __SIZE_TYPE__: 'long unsigned int', __PTRDIFF_TYPE__: 'long int', __WCHAR_TYPE__: 'int', __WINT_TYPE__: 'unsigned int', __INTMAX_TYPE__: 'long int', __UINTMAX_TYPE__: 'long unsigned int',
  __CHAR16_TYPE__: 'short unsigned int', __CHAR32_TYPE__: 'unsigned int', __SIG_ATOMIC_TYPE__: 'int', __INTPTR_TYPE__: 'long int', __UINTPTR_TYPE__: 'long unsigned int',
  __INT8_TYPE__: 'signed char', __INT16_TYPE__: 'short int', __INT32_TYPE__: 'int', __INT64_TYPE__: 'long int', __UINT8_TYPE__: 'unsigned char', __UINT16_TYPE__: 'short unsigned int',
  __UINT32_TYPE__: 'unsigned int', __UINT64_TYPE__: 'long unsigned int', __INT_LEAST8_TYPE__: 'signed char', __INT_LEAST16_TYPE__: 'short int', __INT_LEAST32_TYPE__: 'int',
  __INT_LEAST64_TYPE__: 'long int', __UINT_LEAST8_TYPE__: 'unsigned char', __UINT_LEAST16_TYPE__: 'short unsigned int', __UINT_LEAST32_TYPE__: 'unsigned int',
  __UINT_LEAST64_TYPE__: 'long unsigned int', __INT_FAST8_TYPE__: 'signed char', __INT_FAST16_TYPE__: 'long int', __INT_FAST32_TYPE__: 'long int', __INT_FAST64_TYPE__: 'long int',
  __UINT_FAST8_TYPE__: 'unsigned char', __UINT_FAST16_TYPE__: 'long unsigned int', __UINT_FAST32_TYPE__: 'long unsigned int', __UINT_FAST64_TYPE__: 'long unsigned int',
  __SCHAR_MAX__: '0x7f', __SHRT_MAX__: '0x7fff', __INT_MAX__: '0x7fffffff', __LONG_MAX__: '0x7fffffffffffffffL', __LONG_LONG_MAX__: '0x7fffffffffffffffLL', __WCHAR_MAX__: '0x7fffffff',
  __WCHAR_MIN__: '(-__WCHAR_MAX__ - 1)', __WINT_MAX__: '0xffffffffU', __WINT_MIN__: '0U', __PTRDIFF_MAX__: '0x7fffffffffffffffL', __SIZE_MAX__: '0xffffffffffffffffUL',
  __INTMAX_MAX__: '0x7fffffffffffffffL', __UINTMAX_MAX__: '0xffffffffffffffffUL', __SIG_ATOMIC_MAX__: '0x7fffffff', __SIG_ATOMIC_MIN__: '(-__SIG_ATOMIC_MAX__ - 1)',
  __SCHAR_WIDTH__: '8', __SHRT_WIDTH__: '16', __INT_WIDTH__: '32', __LONG_WIDTH__: '64', __LONG_LONG_WIDTH__: '64', __SIZE_WIDTH__: '64', __PTRDIFF_WIDTH__: '64', __INTMAX_WIDTH__: '64',
  __INT8_MAX__: '0x7f', __INT16_MAX__: '0x7fff', __INT32_MAX__: '0x7fffffff', __INT64_MAX__: '0x7fffffffffffffffL', __UINT8_MAX__: '0xff', __UINT16_MAX__: '0xffff',
  __UINT32_MAX__: '0xffffffffU', __UINT64_MAX__: '0xffffffffffffffffUL', __INTPTR_MAX__: '0x7fffffffffffffffL', __UINTPTR_MAX__: '0xffffffffffffffffUL',
  __FLT_RADIX__: '2', __FLT_MANT_DIG__: '24', __FLT_DIG__: '6', __FLT_MIN_EXP__: '(-125)', __FLT_MIN_10_EXP__: '(-37)', __FLT_MAX_EXP__: '128', __FLT_MAX_10_EXP__: '38',
  __FLT_MAX__: '3.40282346638528859811704183484516925e+38F', __FLT_MIN__: '1.17549435082228750796873653722224568e-38F', __FLT_EPSILON__: '1.19209289550781250000000000000000000e-7F',
  __FLT_DENORM_MIN__: '1.40129846432481707092372958328991613e-45F', __FLT_DECIMAL_DIG__: '9', __FLT_EVAL_METHOD__: '0',
  __DBL_MANT_DIG__: '53', __DBL_DIG__: '15', __DBL_MIN_EXP__: '(-1021)', __DBL_MIN_10_EXP__: '(-307)', __DBL_MAX_EXP__: '1024', __DBL_MAX_10_EXP__: '308', __DBL_DECIMAL_DIG__: '17',
  __DBL_MAX__: '((double)1.79769313486231570814527423731704357e+308L)', __DBL_MIN__: '((double)2.22507385850720138309023271733240406e-308L)',
  __DBL_EPSILON__: '((double)2.22044604925031308084726333618164062e-16L)', __DBL_DENORM_MIN__: '((double)4.94065645841246544176568792868221372e-324L)',
  __LDBL_MANT_DIG__: '64', __LDBL_DIG__: '18', __LDBL_MIN_EXP__: '(-16381)', __LDBL_MIN_10_EXP__: '(-4931)', __LDBL_MAX_EXP__: '16384', __LDBL_MAX_10_EXP__: '4932', __LDBL_DECIMAL_DIG__: '21',
  __LDBL_MAX__: '1.79769313486231570814527423731704357e+308L', __LDBL_MIN__: '2.22507385850720138309023271733240406e-308L', __LDBL_EPSILON__: '1.08420217248550443400745280086994171e-19L',
  __DECIMAL_DIG__: '21', __GCC_HAVE_SYNC_COMPARE_AND_SWAP_1: '1', __GCC_HAVE_SYNC_COMPARE_AND_SWAP_2: '1', __GCC_HAVE_SYNC_COMPARE_AND_SWAP_4: '1', __GCC_HAVE_SYNC_COMPARE_AND_SWAP_8: '1',
  __GCC_ATOMIC_BOOL_LOCK_FREE: '2', __GCC_ATOMIC_CHAR_LOCK_FREE: '2', __GCC_ATOMIC_SHORT_LOCK_FREE: '2', __GCC_ATOMIC_INT_LOCK_FREE: '2', __GCC_ATOMIC_LONG_LOCK_FREE: '2',
  __GCC_ATOMIC_LLONG_LOCK_FREE: '2', __GCC_ATOMIC_POINTER_LOCK_FREE: '2', __ATOMIC_RELAXED: '0', __ATOMIC_CONSUME: '1', __ATOMIC_ACQUIRE: '2', __ATOMIC_RELEASE: '3', __ATOMIC_ACQ_REL: '4', __ATOMIC_SEQ_CST: '5',
  __CET__: '3', __STDC_NO_COMPLEX__: '1', _STDC_PREDEF_H: '1',
};

/** The simulated clock's first day. */
export const DATE = 'Jan  1 2026';
export const TIME = '00:00:00';
