import type { CSymbol, Place, StringLiteral, VariableSymbol } from '../ast.ts';
import type { ObjectFunction, ObjectSymbol, ObjectVariable, SectionName } from '../link/object.ts';
import { bytesOf } from './types.ts';
import { RelocationList, Section } from './section.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The object file under construction: sections, symbols, code and where it comes from. */
export class UnitEmitter {
  readonly file: string;
  readonly system: boolean;
  readonly rodata = new Section();
  readonly data = new Section();
  readonly tls = new Section();
  bss = 0;
  readonly symbols: Mutable<ObjectSymbol>[] = [];
  readonly functions: ObjectFunction[] = [];
  readonly variables: ObjectVariable[] = [];
  readonly places: Place[] = [];
  readonly relocations = new RelocationList();
  code = new Int32Array(1024);
  lines = new Int32Array(256);
  /** Instructions so far. */
  count = 0;
  #line = -1;
  readonly #external = new Map<string, number>();
  readonly #local = new Map<CSymbol, number>();
  readonly #strings = new Map<string, number>();
  readonly #placeNumbers = new Map<string, number>();

  constructor(file: string, system: boolean) {
    this.file = file;
    this.system = system;
  }

  /** Index of the symbol in the object's table; undefined until `define`. */
  symbol(of: CSymbol): number {
    const known = of.linkage === 'external' ? this.#external.get(of.name) : this.#local.get(of);
    if (known !== undefined) return known;
    const weak = of.kind === 'function' && of.weak === true;
    const kind = of.kind === 'function' ? 'function' : of.storage === 'thread' ? 'thread' : 'object';
    const index = this.#add({ name: of.name, binding: of.linkage !== 'external' ? 'local' : weak ? 'weak' : 'global', kind, section: null, offset: 0, size: 0, when: of.kind === 'function' ? of.when ?? null : null, place: of.span.at });
    if (of.linkage === 'external') this.#external.set(of.name, index);
    else this.#local.set(of, index);
    return index;
  }

  #add(symbol: ObjectSymbol): number {
    this.symbols.push(symbol);
    return this.symbols.length - 1;
  }

  define(of: CSymbol, section: SectionName, offset: number, size: number): number {
    const index = this.symbol(of);
    const symbol = this.symbols[index];
    if (symbol) Object.assign(symbol, { section, offset, size, place: of.span.at, when: of.kind === 'function' ? of.when ?? symbol.when : null, binding: symbol.binding === 'global' && of.kind === 'function' && of.weak === true ? 'weak' : symbol.binding });
    return index;
  }

  /** Where a variable without initial value goes. */
  reserveBss(size: number, align: number): number {
    const offset = Math.ceil(this.bss / align) * align;
    this.bss = offset + size;
    return offset;
  }

  /** A symbol for a string literal's bytes; the same bytes have the same. */
  string(literal: StringLiteral): number {
    const unit = literal.type.kind === 'array' ? bytesOf(literal.type.of) : 1;
    return this.constantBytes(literal.bytes, unit, `${unit} ${text(literal.bytes)}`);
  }

  /** A symbol for bytes that are never written to. `key`: those with the same are kept once. */
  constantBytes(bytes: Uint8Array, align: number, key?: string): number {
    const known = key === undefined ? undefined : this.#strings.get(key);
    if (known !== undefined) return known;
    const index = this.anonymous('rodata', this.rodata.append(bytes, align), bytes.length);
    if (key !== undefined) this.#strings.set(key, index);
    return index;
  }

  anonymous(section: SectionName, offset: number, size: number): number {
    return this.#add({ name: '', binding: 'local', kind: 'object', section, offset, size, when: null, place: null });
  }

  /** Appends an instruction: its number. */
  emit(op: number, a = 0, b = 0, c = 0): number {
    const at = this.count * 4;
    if (at + 4 > this.code.length) this.#grow();
    const { code } = this;
    code[at] = op;
    code[at + 1] = a;
    code[at + 2] = b;
    code[at + 3] = c;
    this.lines[this.count] = this.#line;
    return this.count++;
  }

  #grow(): void {
    const code = new Int32Array(this.code.length * 2);
    code.set(this.code);
    this.code = code;
    const lines = new Int32Array(this.lines.length * 2);
    lines.set(this.lines);
    this.lines = lines;
  }

  /** What is emitted from now on stands there in the source. System code is told apart by lines only. */
  here(place: Place): void {
    let key = `${place.line} ${place.file}`;
    if (!this.system) for (let each: Place | undefined = place; each; each = each.macro) key += ` ${each.line}:${each.column}`;
    let number = this.#placeNumbers.get(key);
    if (number === undefined) {
      number = this.places.length;
      this.places.push(this.system ? { file: place.file, line: place.line, column: 1 } : place);
      this.#placeNumbers.set(key, number);
    }
    this.#line = number;
  }

  /** Which place it is at, to come back to with `backTo`. */
  get line(): number { return this.#line; }
  backTo(line: number): void { this.#line = line; }

  addVariable(symbol: VariableSymbol, index: number, within: string | null): void {
    this.variables.push({ name: symbol.name, type: symbol.type, symbol: index, within, declared: this.system ? null : symbol });
  }
}

const text = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
