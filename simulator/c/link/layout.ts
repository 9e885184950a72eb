import type { Place } from '../ast.ts';
import { VOID } from '../check/basic_types.ts';
import { TEXT_BASE } from '../../machine/image.ts';
import type { FunctionInfo, Image, LocalInfo, Segment, VariableInfo } from '../../machine/image.ts';
import { OP, STUBS, WORDS } from '../../machine/isa.ts';
import { PAGE_SIZE } from '../../machine/memory.ts';
import type { Native } from '../../machine/native.ts';
import { RELOCATIONS } from './object.ts';
import type { ObjectFile, ObjectLocal, ObjectSymbol, Relocations, SectionName } from './object.ts';
import type { Definition, Resolution } from './resolve.ts';

const BYTES = WORDS * 4;
const ALIGN = 64;
const up = (value: number, to: number): number => Math.ceil(value / to) * to;

/** Where the parts of an object are: number of its first instruction, addresses, distance into the thread-locals, index of its first place. */
interface Base { readonly text: number; readonly rodata: number; readonly data: number; readonly bss: number; readonly tls: number; readonly places: number }

interface Stub { readonly name: string; readonly at: number }

/** Puts all parts at their addresses and fills in what symbols stand for. */
export class Layout {
  readonly #resolution: Resolution;
  readonly #bases = new Map<ObjectFile, Base>();
  readonly #natives: Native[] = [];
  readonly #missing: string[] = [];
  readonly #stubs = new Map<string, Stub>();
  readonly #lists: Readonly<Record<'constructor' | 'destructor', { object: ObjectFile; symbol: ObjectSymbol }[]>> = { constructor: [], destructor: [] };
  #code = new Int32Array(0);
  #instructions: number = STUBS.length;
  #rodata = 0;
  #data = 0;
  #bss = 0;
  #tls = 0;
  #end = 0;
  /** Addresses of the linker's own data in rodata. */
  #template = 0;
  #init = 0;
  #fini = 0;
  #tlsBytes = 0;

  constructor(resolution: Resolution) { this.#resolution = resolution; }

  image(name: string, entry: string): Image {
    const { objects } = this.#resolution;
    this.#arrange();
    const code = this.#code = new Int32Array(this.#instructions * WORDS);
    const lines = new Int32Array(this.#instructions).fill(-1);
    for (const [index, stub] of STUBS.entries()) code.set(stub, index * WORDS);
    const rodata = new Uint8Array(this.#data - this.#rodata);
    const data = new Uint8Array(this.#bss - this.#data);
    const tls = new Uint8Array(this.#tls);
    const places: Place[] = [];
    for (const object of objects) {
      const base = this.#base(object);
      code.set(object.code, base.text * WORDS);
      for (let at = 0; at < object.lines.length; at++) lines[base.text + at] = (object.lines[at] ?? -1) < 0 ? -1 : (object.lines[at] ?? 0) + base.places;
      for (const place of object.places) places.push(place);
      rodata.set(object.rodata, base.rodata - this.#rodata);
      data.set(object.data, base.data - this.#data);
      tls.set(object.tls, base.tls);
      this.#relocateCode(object, base);
      this.#relocateData(object, object.rodataRelocations, rodata, base.rodata - this.#rodata);
      this.#relocateData(object, object.dataRelocations, data, base.data - this.#data);
      this.#relocateData(object, object.tlsRelocations, tls, base.tls);
    }
    this.#emitStubs(code);
    this.#emitLists(rodata, tls);
    return {
      name, code, lines, places, tls: { data: tls, size: this.#tls, align: ALIGN }, entry: this.#address(this.#resolution.of.program.get(entry) ?? { is: 'nothing' }), brk: this.#end,
      segments: this.#segments(code, rodata, data), functions: [...objects.flatMap((object) => this.#functions(object)), ...this.#stubFunctions()],
      variables: objects.flatMap((object) => this.#variables(object)), missing: this.#missing, natives: this.#natives,
    };
  }

  #arrange(): void {
    const { objects, of } = this.#resolution;
    const text = new Map<ObjectFile, number>();
    let places = 0;
    for (const object of objects) {
      text.set(object, this.#instructions);
      this.#instructions += object.code.length / WORDS;
      this.#bases.set(object, { text: text.get(object) ?? 0, rodata: 0, data: 0, bss: 0, tls: this.#tls, places });
      this.#tls += up(object.tlsSize, ALIGN);
      places += object.places.length;
      for (const symbol of object.symbols) if (symbol.when !== null && symbol.section === 'text') this.#lists[symbol.when].push({ object, symbol });
    }
    for (const definition of [...of.program.values(), ...of.library.values()]) this.#addStub(definition);
    let address = this.#rodata = up(TEXT_BASE + this.#instructions * BYTES, PAGE_SIZE);
    for (const object of objects) address = this.#place(object, 'rodata', address, object.rodata.length);
    this.#tlsBytes = address;
    this.#template = up(address + this.#tls, 8);
    this.#init = this.#template + 32;
    this.#fini = this.#init + this.#lists.constructor.length * 8;
    address = this.#data = up(this.#fini + this.#lists.destructor.length * 8, PAGE_SIZE);
    for (const object of objects) address = this.#place(object, 'data', address, object.data.length);
    address = this.#bss = up(address, PAGE_SIZE);
    for (const object of objects) address = this.#place(object, 'bss', address, object.bss);
    this.#end = up(address, PAGE_SIZE);
  }

  #place(object: ObjectFile, section: 'rodata' | 'data' | 'bss', address: number, size: number): number {
    const at = up(address, ALIGN);
    this.#bases.set(object, { ...this.#base(object), [section]: at });
    return at + size;
  }

  #addStub(definition: Definition): void {
    if (definition.is !== 'native' && definition.is !== 'missing') return;
    const name = definition.is === 'native' ? definition.native.name : definition.name;
    if (this.#stubs.has(name)) return;
    this.#stubs.set(name, { name, at: this.#instructions });
    if (definition.is === 'native') this.#natives.push(definition.native);
    else this.#missing.push(name);
    this.#instructions += 3;
  }

  #emitStubs(code: Int32Array): void {
    const stub = (name: string, op: number, index: number, end: readonly number[]): void => {
      const at = this.#stubs.get(name)?.at ?? 0;
      code.set([OP.ENTER, 8, 16, 3, op, index, 0, 0, ...end], at * WORDS);
    };
    for (const [index, { name, returns }] of this.#natives.entries()) stub(name, OP.NATIVE, index, returns === 'void' ? [OP.RET] : [OP.RET64, 4]);
    for (const [index, name] of this.#missing.entries()) stub(name, OP.MISSING, index, [OP.RET]);
  }

  /** `__tls_template` and the lists of constructors and destructors (machine/builtins.ts). */
  #emitLists(rodata: Uint8Array, tls: Uint8Array): void {
    const view = new DataView(rodata.buffer);
    rodata.set(tls, this.#tlsBytes - this.#rodata);
    for (const [index, value] of [this.#tlsBytes, tls.length, this.#tls, ALIGN].entries()) view.setUint32(this.#template - this.#rodata + index * 8, value, true);
    for (const [list, at] of [[this.#lists.constructor, this.#init], [this.#lists.destructor, this.#fini]] as const) {
      for (const [index, { object, symbol }] of list.entries()) view.setUint32(at - this.#rodata + index * 8, TEXT_BASE + (this.#base(object).text + symbol.offset) * BYTES, true);
    }
  }

  #segments(code: Int32Array, rodata: Uint8Array, data: Uint8Array): Segment[] {
    const text = new Uint8Array(code.buffer, code.byteOffset, code.byteLength);
    const all: Segment[] = [
      { name: 'text', address: TEXT_BASE, bytes: text, size: text.length, write: false },
      { name: 'rodata', address: this.#rodata, bytes: rodata, size: rodata.length, write: false },
      { name: 'data', address: this.#data, bytes: data, size: data.length, write: true },
      { name: 'bss', address: this.#bss, bytes: new Uint8Array(0), size: this.#end - this.#bss, write: true },
    ];
    return all.filter(({ size }) => size > 0);
  }

  #base(object: ObjectFile): Base { return this.#bases.get(object) ?? { text: 0, rodata: 0, data: 0, bss: 0, tls: 0, places: 0 }; }

  #definition(object: ObjectFile, index: number): Definition {
    const symbol = object.symbols[index];
    if (!symbol) return { is: 'nothing' };
    if (symbol.binding === 'local') return { is: 'symbol', object, index };
    const { program, of } = this.#resolution;
    const found = program.has(object) ? of.program.get(symbol.name) : of.library.get(symbol.name);
    return found ?? (symbol.section === null ? { is: 'nothing' } : { is: 'symbol', object, index });
  }

  /** The word of the code where a function begins; 0, where nothing can be called, when it is none. */
  #entry(definition: Definition): number {
    const address = this.#address(definition);
    return address === 0 ? 0 : (address - TEXT_BASE) / 4;
  }

  #address(definition: Definition): number {
    switch (definition.is) {
      case 'nothing': return 0;
      case 'native': return TEXT_BASE + (this.#stubs.get(definition.native.name)?.at ?? 0) * BYTES;
      case 'missing': return TEXT_BASE + (this.#stubs.get(definition.name)?.at ?? 0) * BYTES;
      case 'made': return this.#made(definition.name);
      case 'symbol': {
        const symbol = definition.object.symbols[definition.index];
        const section: SectionName | null = symbol?.section ?? null;
        if (!symbol || section === null) return 0;
        const base = this.#base(definition.object);
        return section === 'text' ? TEXT_BASE + (base.text + symbol.offset) * BYTES : section === 'tls' ? base.tls + symbol.offset : base[section] + symbol.offset;
      }
    }
  }

  #made(name: string): number {
    switch (name) {
      case '__tls_template': return this.#template;
      case '__init_array_start': return this.#init;
      case '__init_array_end': case '__fini_array_start': return this.#fini;
      case '__fini_array_end': return this.#fini + this.#lists.destructor.length * 8;
      case '__executable_start': return TEXT_BASE;
      case 'etext': case '_etext': return TEXT_BASE + this.#instructions * BYTES;
      case 'edata': case '_edata': case '__bss_start': return this.#bss;
      default: return this.#end;
    }
  }

  #relocateCode(object: ObjectFile, { text }: Base): void {
    const { codeRelocations: list } = object;
    for (let index = 0; index < list.length; index += 4) {
      const at = (list[index] ?? 0) + text * WORDS;
      const definition = this.#definition(object, list[index + 1] ?? 0);
      const kind = RELOCATIONS[list[index + 3] ?? 0];
      const value = kind === 'entry' ? this.#entry(definition) : kind === 'thread' ? this.#address(definition) - this.#tls : this.#address(definition);
      this.#code[at] = value + (list[index + 2] ?? 0);
    }
  }

  #relocateData(object: ObjectFile, list: Relocations, bytes: Uint8Array, base: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (let index = 0; index < list.length; index += 4) {
      const value = this.#address(this.#definition(object, list[index + 1] ?? 0)) + (list[index + 2] ?? 0);
      const at = (list[index] ?? 0) + base;
      view.setUint32(at, value >>> 0, true);
      view.setInt32(at + 4, Math.floor(value / 2 ** 32), true);
    }
  }

  #functions(object: ObjectFile): FunctionInfo[] {
    const { text } = this.#base(object);
    const local = ({ name, type, offset, symbol, from, to }: ObjectLocal): LocalInfo => ({
      name, type, offset, ...symbol === null ? {} : { address: this.#address(this.#definition(object, symbol)) }, from: from + text, to: to + text,
    });
    return object.functions.map(({ name, from, to, type, place, params, locals }) => ({
      name, from: from + text, to: to + text, type, place, system: object.system, params: params.map(local), locals: locals.map(local),
    }));
  }

  #stubFunctions(): FunctionInfo[] {
    return [...this.#stubs.values()].map(({ name, at }) => ({ name, from: at, to: at + 3, type: VOID, place: { file: '', line: 0, column: 0 }, system: true, params: [], locals: [] }));
  }

  #variables(object: ObjectFile): VariableInfo[] {
    return object.variables.map(({ name, type, symbol, within, declared }) => ({
      name, type, address: this.#address(this.#definition(object, symbol)), system: object.system, within, ...declared ? { symbol: declared } : {},
    }));
  }
}
