import type { FunctionSymbol, Place, Span, VariableSymbol } from '../ast.ts';
import type { FunctionType } from '../types.ts';
import type { ObjectLocal } from '../link/object.ts';
import { FIRST_REGISTER, OP, WORDS } from '../../machine/isa.ts';
import type { UnitEmitter } from './unit.ts';

/** A place in the code that is jumped to, perhaps before it is known. */
export interface Label { at: number; readonly uses: { readonly instruction: number; readonly operand: number }[]; readonly entries: ((at: number) => void)[] }

/** Where `break` and `continue` go. */
export interface Target { readonly breakTo: Label; readonly continueTo: Label | null }

/**
 * A function's code under construction. Its frame: arguments from the base up; below it 16 bytes (where a real one keeps the return address and the caller's
 * base), then locals. Its registers are used as a stack: code for an expression that is to leave its value in register d uses d and those above.
 */
export class FunctionEmitter {
  readonly unit: UnitEmitter;
  readonly symbol: FunctionSymbol;
  readonly type: FunctionType;
  /** Locals whose address is taken: others may see them change. */
  readonly addressed: ReadonlySet<VariableSymbol>;
  readonly offsets = new Map<VariableSymbol, number>();
  /** Offsets of locals that only this function's own code changes. */
  readonly own = new Set<number>();
  readonly locals: ObjectLocal[] = [];
  readonly targets: Target[] = [];
  readonly labels = new Map<string, Label>();
  /** Labels of the cases of the switches that are being emitted. */
  readonly cases = new Map<object, Label>();
  /** Where the hidden first argument is, when it returns a record. */
  resultPointer: number | null = null;
  /** First register that a statement may use: more than the first where it stands within an expression. */
  scratch = FIRST_REGISTER;
  /** First slot after the named arguments: where `va_start` points. */
  variadicFrom = 0;
  #frame = 16;
  #top = FIRST_REGISTER;
  /** The last STMT or TICK (or ENTER, before there is one), which gets the number of instructions after it. */
  #counted: { readonly instruction: number; readonly operand: number };
  readonly #enter: number;
  /** The instruction that comes right after a statement's mark, when no jump leads there. */
  #fusable = -1;
  #keptStack: number | null = null;

  constructor(unit: UnitEmitter, symbol: FunctionSymbol, type: FunctionType, addressed: ReadonlySet<VariableSymbol>) {
    this.unit = unit;
    this.symbol = symbol;
    this.type = type;
    this.addressed = addressed;
    this.#enter = unit.emit(OP.ENTER);
    this.#counted = { instruction: this.#enter, operand: 3 };
  }

  get next(): number { return this.unit.count; }

  emit(op: number, a = 0, b = 0, c = 0): number {
    if (this.next === this.#fusable && (op === OP.LDL32 || op === OP.LDL64) && this.own.has(b)) return this.#fuse(op === OP.LDL32 ? OP.SLDL32 : OP.SLDL64, a, b);
    return this.unit.emit(op, a, b, c);
  }

  /** The statement's mark does its first load, too. */
  #fuse(op: number, register: number, offset: number): number {
    const instruction = this.next - 1;
    this.unit.code.set([op, register, offset], instruction * WORDS);
    this.#counted = { instruction, operand: 3 };
    this.#fusable = -1;
    return instruction;
  }

  /** The instruction's operand gets a symbol's value. */
  relocate(instruction: number, operand: 1 | 2 | 3, symbol: number, addend: number, kind: 'entry' | 'address' | 'thread'): void {
    this.unit.relocations.add(instruction * WORDS + operand, symbol, addend, kind);
  }

  /** Registers up to `register` are used. */
  uses(register: number): number {
    if (register + 2 > this.#top) this.#top = register + 2;
    return register;
  }

  /** Bytes of the frame for a local: their offset from the base. */
  reserve(size: number, align: number): number {
    this.#frame = Math.ceil((this.#frame + size) / align) * align;
    return -this.#frame;
  }

  label(): Label { return { at: -1, uses: [], entries: [] }; }

  bind(label: Label): void {
    label.at = this.next;
    this.#fusable = -1;
    for (const { instruction, operand } of label.uses) this.#resolve(label, instruction, operand);
    for (const entry of label.entries) entry(label.at);
  }

  #resolve(label: Label, instruction: number, operand: number): void {
    this.unit.code[instruction * WORDS + operand] = (label.at - instruction - 1) * WORDS;
  }

  /** An instruction that jumps; where to is its operand number `operand`. */
  jump(label: Label, operand: 1 | 2 | 3, op: number, a = 0, b = 0): void {
    const instruction = this.emit(op, a, b);
    if (label.at >= 0) this.#resolve(label, instruction, operand);
    else label.uses.push({ instruction, operand });
  }

  goto(label: Label): void { this.jump(label, 1, OP.JMP); }

  /** A statement begins: of the user's, where the program can be stopped. */
  statement(span: Span): void {
    this.at(span.at);
    if (!this.unit.system) this.#count(OP.STMT);
  }

  /** A place that loops pass, in code without statements: where the processor can be taken away. */
  tick(): void {
    if (this.unit.system) this.#count(OP.TICK);
  }

  at(place: Place): void { this.unit.here(place); }

  #count(op: number): void {
    this.#settle();
    this.#counted = { instruction: this.emit(op), operand: 1 };
    this.#fusable = op === OP.STMT ? this.next : -1;
  }

  #settle(): void {
    const { instruction, operand } = this.#counted;
    this.unit.code[instruction * WORDS + operand] = Math.max(this.next - instruction, 1);
  }

  /** A word of a table of jumps, which are counted from its first word. */
  tableEntry(label: Label, word: number, table: number): void {
    const value = (at: number): void => { this.unit.code[word] = at * WORDS - table; };
    if (label.at >= 0) value(label.at);
    else label.entries.push(value);
  }

  /** With `wanted`, keeps the stack pointer while `emit` makes code, for `restoreStack`. */
  keepStack(wanted: boolean, emit: () => void): void {
    const outer = this.#keptStack;
    this.#keptStack = wanted ? this.reserve(8, 8) : null;
    if (this.#keptStack !== null) {
      this.emit(OP.GETSP, this.uses(this.scratch));
      this.emit(OP.STL64, this.scratch, this.#keptStack);
    }
    emit();
    this.#keptStack = outer;
  }

  /** Variable-length arrays made since are gone. */
  restoreStack(): void {
    if (this.#keptStack === null) return;
    this.emit(OP.LDL64, this.uses(this.scratch), this.#keptStack);
    this.emit(OP.SETSP, this.scratch);
  }

  /** These locals could be seen since `from`. */
  scope(symbols: readonly VariableSymbol[], from: number): void {
    for (const symbol of symbols) {
      const isStatic = symbol.storage !== 'automatic';
      const offset = this.offsets.get(symbol);
      if (offset === undefined && !isStatic) continue;
      this.locals.push({ name: symbol.name, type: symbol.type, offset: offset ?? 0, symbol: isStatic ? this.unit.symbol(symbol) : null, from, to: this.next });
    }
  }

  labelOf(name: string): Label {
    let label = this.labels.get(name);
    if (!label) this.labels.set(name, label = this.label());
    return label;
  }

  finish(): void {
    this.#settle();
    const { code } = this.unit;
    code[this.#enter * WORDS + 1] = this.#top;
    code[this.#enter * WORDS + 2] = Math.ceil(this.#frame / 16) * 16;
  }
}
