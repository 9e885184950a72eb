/**
 * What the front end makes of a translation unit, and the code generator takes: a checked syntax tree. All names are resolved to symbols, all
 * types are known, every implicit conversion is a `cast` or `decay` of its own, and constant expressions that the language wants constant are folded.
 * An expression that is an lvalue (`variable`, `deref`, `member`, `string`, `compound`) stands for its value wherever a value is wanted.
 */
import type { FunctionType, Type } from './types.ts';

/** A place in the source text. `line` and `column` count from 1, columns in bytes; `macro` when a macro's expansion put it there: where it was written. */
export interface Place { readonly file: string; readonly line: number; readonly column: number; readonly macro?: Place }
/** `at`: where the thing is said to stand (an operator, a name); with `from` and `to` its whole text. */
export interface Span { readonly at: Place; readonly from: Place; readonly to: Place }

export type Linkage = 'external' | 'internal' | 'none';

export interface VariableSymbol {
  readonly kind: 'variable';
  readonly name: string;
  readonly type: Type;
  readonly linkage: Linkage;
  /** `thread`: `_Thread_local`. `automatic`: in the stack frame, parameters included. */
  readonly storage: 'static' | 'thread' | 'automatic';
  /** Defined in this unit (a tentative definition counts); else it is another's. Automatic ones are always. */
  readonly defined: boolean;
  readonly span: Span;
  /** The alignment asked for by `_Alignas` or an attribute; absent: the type's. */
  readonly align?: number;
}
export interface FunctionSymbol {
  readonly kind: 'function';
  readonly name: string;
  readonly type: Type;
  readonly linkage: Linkage;
  readonly defined: boolean;
  readonly span: Span;
  /** Declared `weak`: another definition replaces it; without any its address is 0. */
  readonly weak?: boolean;
  /** `__attribute__((constructor))`/`destructor`. */
  readonly when?: 'constructor' | 'destructor';
}
export type CSymbol = VariableSymbol | FunctionSymbol;

interface Node { readonly span: Span }
interface Typed extends Node { readonly type: Type }

// ---- expressions ----
/** Of an integer type (the value is within its range) or a pointer type (null pointers and the like). */
export interface Constant extends Typed { readonly kind: 'constant'; readonly value: bigint }
export interface FloatConstant extends Typed { readonly kind: 'float'; readonly value: number }
/** An array that is never written to (a write to it is SIGSEGV); its bytes with the terminating zero(s), of `type.of.size` each. */
export interface StringLiteral extends Typed { readonly kind: 'string'; readonly bytes: Uint8Array }
/** Of a function type: the function itself; `decay` makes its address. */
export interface Variable extends Typed { readonly kind: 'variable'; readonly symbol: CSymbol }
/** `*operand`; subscripts are `*(a + i)`. Of a function type: the function again. */
export interface Deref extends Typed { readonly kind: 'deref'; readonly operand: Expression }
/** `object.field`; `p->field` is that of a `deref`. The object may be a record that is no lvalue (a call's result). Anonymous members are spelled out. */
export interface Member extends Typed { readonly kind: 'member'; readonly object: Expression; readonly offset: number; readonly bits?: { readonly shift: number; readonly width: number } }
/** `&operand`: the operand is an lvalue, or a function. */
export interface AddressOf extends Typed { readonly kind: 'address'; readonly operand: Expression }
/** An array becomes the address of its first element, a function its address. */
export interface Decay extends Typed { readonly kind: 'decay'; readonly operand: Expression }
/** A conversion to `type`, written or implied, between integers, floats and pointers; to `_Bool`: compared with 0; to void: the value is dropped. */
export interface Cast extends Typed { readonly kind: 'cast'; readonly operand: Expression; readonly implied: boolean }
/** Operand already promoted; `!` gives int. */
export interface Unary extends Typed { readonly kind: 'unary'; readonly op: '-' | '~' | '!'; readonly operand: Expression }
/** Both operands of one arithmetic type already (shifts: each promoted by itself); comparisons, also of pointers, give int. */
export interface Binary extends Typed { readonly kind: 'binary'; readonly op: BinaryOperator; readonly left: Expression; readonly right: Expression }
export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '<<' | '>>' | '&' | '|' | '^' | '<' | '>' | '<=' | '>=' | '==' | '!=';
/** Pointer + index (of type long), or − with `subtract`. `scale`: bytes of what it points to, an expression when that is an array of variable length. */
export interface PointerAdd extends Typed { readonly kind: 'pointer-add'; readonly pointer: Expression; readonly index: Expression; readonly subtract: boolean; readonly scale: number | Expression }
/** (left − right) / scale, as long. */
export interface PointerDifference extends Typed { readonly kind: 'pointer-difference'; readonly left: Expression; readonly right: Expression; readonly scale: number | Expression }
/** `&&`, `||`: int 0 or 1. Operands are scalars. */
export interface Logical extends Typed { readonly kind: 'logical'; readonly op: '&&' | '||'; readonly left: Expression; readonly right: Expression }
/** `then` null: GNU `a ?: b`; the condition is then already of the result's type (evaluate once). Branches are of the result's type (or void). */
export interface Conditional extends Typed { readonly kind: 'conditional'; readonly condition: Expression; readonly then: Expression | null; readonly otherwise: Expression }
export interface Comma extends Typed { readonly kind: 'comma'; readonly left: Expression; readonly right: Expression }
/** The value has the target's type already. Records are copied. Its own value is that of the target, after. */
export interface Assign extends Typed { readonly kind: 'assign'; readonly target: Expression; readonly value: Expression }
/**
 * `target op= value`, the target evaluated once: it is converted to `computed`, the operator applied, the result converted back.
 * `value` is of the type `computed` already (shifts: promoted by itself). Pointers (`scale` present): op is + or −, `value` is of type long.
 */
export interface CompoundAssign extends Typed { readonly kind: 'compound-assign'; readonly target: Expression; readonly op: BinaryOperator; readonly value: Expression; readonly computed: Type; readonly scale?: number | Expression }
/** `++`, `--`: adds `step` (1 or −1) to an arithmetic target, `step * scale` to a pointer. `prefix`: the value is the new one. */
export interface Increment extends Typed { readonly kind: 'increment'; readonly target: Expression; readonly step: 1 | -1; readonly scale: number | Expression; readonly prefix: boolean }
/** `callee` is a pointer to a function. Arguments are converted (to the parameters' types, or promoted); records are passed by value. */
export interface Call extends Typed { readonly kind: 'call'; readonly callee: Expression; readonly arguments: readonly Expression[]; readonly function: FunctionType }
/** `(T){…}`: a variable of its own, set each time this is evaluated (when automatic), and it. */
export interface CompoundLiteral extends Typed { readonly kind: 'compound'; readonly symbol: VariableSymbol; readonly init: Initializer }
/** GNU `({ … })`. `result`: its last expression, already the end of `body`'s meaning: evaluate after `body`; null for void. */
export interface StatementExpression extends Typed { readonly kind: 'statement-expression'; readonly body: Block; readonly result: Expression | null }
/**
 * What is no ordinary function: `va_start(ap)`, `va_end(ap)`, `va_copy(to, from)`, `va_arg(ap)` (of this `type`; operands: addresses of the va_list, a
 * 24-byte object whose first 8 bytes point to the next argument), `alloca(n)`, `unreachable()`, `trap()`, `return_address(0)`, `frame_address(0)`,
 * and the machine's own: `__syscall(nr, 6 longs)`, `__clone(nr, 5 longs, fn, arg, stack)`, `__setjmp(buf)`, `__longjmp(buf, value)`, `__thread_pointer()`
 * (machine/README in builtins.ts). GNU atomics and bit counting come as these, too, in few forms: `__atomic_load_n(p)`, `__atomic_store_n(p, v)`, `__atomic_exchange_n(p, v)`,
 * `__atomic_compare_exchange_n(p, &expected, v)`, `__atomic_fetch_OP(p, v)` and `__atomic_OP_fetch(p, v)` (add sub and or xor nand; a pointer counts bytes), `__sync_bool_compare_and_swap(p, old, v)`,
 * `__sync_val_compare_and_swap(p, old, v)`, `__sync_synchronize()`, all without memory orders, values of the type pointed to; `__builtin_popcount|clz|ctz|ffs|clrsb` with `l`, `ll` or
 * without, `__builtin_bswap16|32|64(v)`; `__builtin_add|sub|mul_overflow(a, b, &r)`: computed without limit, each operand of its own integer type, wrapped into `*r`, true when that lost something.
 */
export interface Builtin extends Typed { readonly kind: 'builtin'; readonly name: string; readonly operands: readonly Expression[] }

export type Expression =
  | Constant | FloatConstant | StringLiteral | Variable | Deref | Member | AddressOf | Decay | Cast | Unary | Binary | PointerAdd | PointerDifference
  | Logical | Conditional | Comma | Assign | CompoundAssign | Increment | Call | CompoundLiteral | StatementExpression | Builtin;

// ---- initializers ----
/** Flattened: everything not named is zero. In order of the source. `type`: what is stored there; a record's value may be an expression of its type. Strings for char arrays are `bytes`. */
export interface Initializer { readonly size: number; readonly entries: readonly InitializerEntry[] }
export interface InitializerEntry {
  readonly offset: number;
  readonly type: Type;
  readonly bits?: { readonly shift: number; readonly width: number };
  readonly value: Expression | { readonly kind: 'bytes'; readonly bytes: Uint8Array };
}

// ---- statements ----
export interface ExpressionStatement extends Node { readonly kind: 'expression'; readonly expression: Expression }
/** A local variable comes to life. `init` null: its bytes are whatever was there. `length`: of a variable-length array, its size in bytes (an unsigned long), which its type's `bytes` holds already: each such hidden local has a `declaration` of its own before this one. Static locals are not here but in the unit's `variables`. */
export interface Declaration extends Node { readonly kind: 'declaration'; readonly symbol: VariableSymbol; readonly init: Initializer | null; readonly length: Expression | null }
/** `locals`: what is declared directly in it, static ones too, hidden ones not, for whoever shows variables. */
export interface Block extends Node { readonly kind: 'block'; readonly statements: readonly Statement[]; readonly locals: readonly VariableSymbol[] }
export interface If extends Node { readonly kind: 'if'; readonly condition: Expression; readonly then: Statement; readonly otherwise: Statement | null }
export interface While extends Node { readonly kind: 'while'; readonly condition: Expression; readonly body: Statement }
export interface DoWhile extends Node { readonly kind: 'do'; readonly body: Statement; readonly condition: Expression }
export interface For extends Node { readonly kind: 'for'; readonly init: readonly Statement[]; readonly condition: Expression | null; readonly step: Expression | null; readonly body: Statement; readonly locals: readonly VariableSymbol[] }
/** `value` is promoted; cases are of its type, ranges are GNU `case 1 ... 5`. The labels stand in the body as `case` statements. */
export interface Switch extends Node { readonly kind: 'switch'; readonly value: Expression; readonly body: Statement; readonly cases: readonly Case[]; readonly default: Default | null }
export interface Case extends Node { readonly kind: 'case'; readonly low: bigint; readonly high: bigint; readonly statement: Statement }
export interface Default extends Node { readonly kind: 'default'; readonly statement: Statement }
export interface Break extends Node { readonly kind: 'break' }
export interface Continue extends Node { readonly kind: 'continue' }
export interface Return extends Node { readonly kind: 'return'; readonly value: Expression | null }
export interface Goto extends Node { readonly kind: 'goto'; readonly label: string }
export interface Label extends Node { readonly kind: 'label'; readonly name: string; readonly statement: Statement }
export interface Empty extends Node { readonly kind: 'empty' }
export type Statement =
  | ExpressionStatement | Declaration | Block | If | While | DoWhile | For | Switch | Case | Default | Break | Continue | Return | Goto | Label | Empty;

// ---- the unit ----
export interface FunctionDefinition extends Node {
  readonly symbol: FunctionSymbol;
  readonly type: FunctionType;
  /** In order; unnamed ones have the name ''. */
  readonly params: readonly VariableSymbol[];
  readonly body: Block;
}
/** A variable with static or thread storage that is defined here: of the file, or a static local of `within`. `init` null: zero. Values are `constant`, `float`, or an address: `address` of a variable or function, or `decay` of a string, that perhaps in a `pointer-add` of a constant with scale 1, that perhaps in one `cast`. */
export interface VariableDefinition extends Node { readonly symbol: VariableSymbol; readonly init: Initializer | null; readonly within: FunctionSymbol | null }
export interface TranslationUnit {
  readonly file: string;
  readonly functions: readonly FunctionDefinition[];
  readonly variables: readonly VariableDefinition[];
  /** Every symbol of the unit with linkage, also those that are only declared. */
  readonly symbols: readonly CSymbol[];
}
