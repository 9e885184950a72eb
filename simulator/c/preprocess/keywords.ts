const PLAIN = `auto break case char const continue default do double else enum extern float for goto if inline int long register restrict return short signed sizeof static struct
  switch typedef union unsigned void volatile while _Alignas _Alignof _Atomic _Bool _Complex _Generic _Imaginary _Noreturn _Static_assert _Thread_local
  typeof asm __attribute__ __extension__ __label__ __int128 __auto_type __real__ __imag__ _Float128 __float128 _Float32 _Float64 _Float32x _Float64x _Decimal32 _Decimal64 _Decimal128
  __builtin_va_arg __builtin_offsetof __builtin_types_compatible_p __builtin_choose_expr __builtin_va_list __func__`;
const OTHER: Readonly<Record<string, string>> = {
  __const: 'const', __const__: 'const', __inline: 'inline', __inline__: 'inline', __asm: 'asm', __asm__: 'asm', __volatile: 'volatile', __volatile__: 'volatile', __typeof: 'typeof',
  __typeof__: 'typeof', __signed: 'signed', __signed__: 'signed', __restrict: 'restrict', __restrict__: 'restrict', __alignof: '__alignof__', __alignof__: '__alignof__', __attribute: '__attribute__',
  __thread: '_Thread_local', __FUNCTION__: '__func__', __PRETTY_FUNCTION__: '__func__', __complex__: '_Complex', __int128_t: '__int128', __uint128_t: '__int128', __real: '__real__', __imag: '__imag__',
};

/** Each spelling of a keyword and its plain one. */
export const KEYWORDS: ReadonlyMap<string, string> = new Map([...PLAIN.split(/\s+/).map((word) => [word, word] as const), ...Object.entries(OTHER)]);
