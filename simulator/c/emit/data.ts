import type { Expression, InitializerEntry, VariableDefinition } from '../ast.ts';
import type { Type } from '../types.ts';
import { alignment } from './place.ts';
import type { Section } from './section.ts';
import { bytesOf, constantOf, isWide } from './types.ts';
import type { UnitEmitter } from './unit.ts';
import { floatBits } from './value.ts';

/** A variable of static or thread storage: its bytes and its symbol. */
export function emitVariable(unit: UnitEmitter, { symbol, init, within }: VariableDefinition): void {
  const { type } = symbol;
  const size = Math.max(init?.size ?? 0, bytesOf(type));
  const align = Math.max(alignment(type), symbol.align ?? 1, size >= 32 ? 32 : size >= 16 ? 16 : 1);
  const zero = init === null || init.entries.length === 0;
  const section = symbol.storage === 'thread' ? unit.tls : isConstant(type) ? unit.rodata : zero ? null : unit.data;
  const offset = section ? section.reserve(size, align) : unit.reserveBss(size, align);
  const name = section === unit.tls ? 'tls' : section === unit.rodata ? 'rodata' : section ? 'data' : 'bss';
  const index = unit.define(symbol, name, offset, size);
  if (section && init) for (const entry of init.entries) writeEntry(unit, section, offset, entry);
  if (!symbol.name.startsWith('.')) unit.addVariable(symbol, index, within?.name ?? null);
}

const isConstant = (type: Type): boolean => type.kind === 'array' ? type.q.const || isConstant(type.of) : type.q.const && !type.q.volatile;

/** An entry's bytes, at `base` and its offset. */
export function writeEntry(unit: UnitEmitter, section: Section, base: number, { offset, type, bits, value }: InitializerEntry): void {
  const at = base + offset;
  if (value.kind === 'bytes') section.set(at, value.bytes);
  else if (value.kind === 'float') section.store(at, type.kind === 'float' && type.size === 4 ? 4 : 8, floatBits(value.value, isWide(type)));
  else {
    const constant = constantOf(value);
    if (constant !== null) section.store(at, bytesOf(type), constant, bits);
    else writeAddress(unit, section, at, value, 0);
  }
}

/** The address of something static, plus bytes. */
function writeAddress(unit: UnitEmitter, section: Section, at: number, e: Expression, addend: number): void {
  if (e.kind === 'cast') writeAddress(unit, section, at, e.operand, addend);
  else if (e.kind === 'pointer-add' && typeof e.scale === 'number') {
    writeAddress(unit, section, at, e.pointer, addend + Number(constantOf(e.index) ?? 0n) * (e.subtract ? -e.scale : e.scale));
  } else if (e.kind === 'address' || e.kind === 'decay') section.relocations.add(at, staticSymbol(unit, e.operand), addend, 'address');
}

function staticSymbol(unit: UnitEmitter, e: Expression): number {
  if (e.kind === 'string') return unit.string(e);
  if (e.kind === 'variable' || e.kind === 'compound') return unit.symbol(e.symbol);
  throw new Error(`an expression '${e.kind}' is no constant address`);
}
