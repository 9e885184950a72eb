import type { FunctionDefinition, TranslationUnit } from '../ast.ts';
import { FIRST_REGISTER, OP } from '../../machine/isa.ts';
import type { ObjectFile, ObjectLocal } from '../link/object.ts';
import { converted } from './convert.ts';
import { emitVariable } from './data.ts';
import { FunctionEmitter } from './function.ts';
import { isOwn } from './place.ts';
import { emitStatement } from './statement.ts';
import { isFloat, slotAfter, slotsOf } from './types.ts';
import { UnitEmitter } from './unit.ts';
import { addressedIn } from './walk.ts';
import { DOUBLE } from '../check/basic_types.ts';

/** `system`: part of the libc or of a command: no statements to stop at, and lines without columns. */
export interface EmitOptions { readonly system?: boolean }

/** Code and data of a checked unit. */
export function emitUnit(unit: TranslationUnit, { system = false }: EmitOptions = {}): ObjectFile {
  const made = new UnitEmitter(unit.file, system);
  for (const variable of unit.variables) emitVariable(made, variable);
  for (const each of unit.functions) emitFunction(made, each);
  return {
    name: unit.file, system,
    code: made.code.slice(0, made.count * 4), codeRelocations: made.relocations.take(),
    rodata: made.rodata.take(), rodataRelocations: made.rodata.relocations.take(),
    data: made.data.take(), dataRelocations: made.data.relocations.take(), bss: made.bss,
    tls: made.tls.take(), tlsSize: made.tls.length, tlsRelocations: made.tls.relocations.take(),
    symbols: made.symbols, functions: made.functions, variables: made.variables,
    lines: made.lines.slice(0, made.count), places: made.places,
  };
}

function emitFunction(unit: UnitEmitter, definition: FunctionDefinition): void {
  const { symbol, type, params, body } = definition;
  unit.here(definition.span.at);
  const from = unit.count;
  const f = new FunctionEmitter(unit, symbol, type, addressedIn(body));
  let slot = 0;
  if (type.returns.kind === 'record') {
    f.resultPointer = 0;
    slot = 1;
  }
  const places: ObjectLocal[] = [];
  for (const param of params) {
    slot = slotAfter(slot, param.type);
    f.offsets.set(param, slot * 8);
    if (isOwn(f, param)) f.own.add(slot * 8);
    places.push({ name: param.name, type: param.type, offset: slot * 8, symbol: null, from, to: 0 });
    // without a prototype the caller gave a double
    if (!type.prototyped && isFloat(param.type) && param.type.size === 4) {
      f.emit(OP.LDL64, f.uses(FIRST_REGISTER), slot * 8);
      converted(f, DOUBLE, param.type, FIRST_REGISTER);
      f.emit(OP.STL32, FIRST_REGISTER, slot * 8);
    }
    slot += slotsOf(param.type);
  }
  f.variadicFrom = slot * 8;
  emitStatement(f, body);
  // the end of a function that gives something is undefined, but for main's
  if (symbol.name === 'main') {
    f.emit(OP.LI32, f.uses(FIRST_REGISTER), 0);
    f.emit(OP.RET32, FIRST_REGISTER);
  } else f.emit(OP.RET);
  f.finish();
  const index = unit.define(symbol, 'text', from, unit.count - from);
  unit.functions.push({
    name: symbol.name, symbol: index, from, to: unit.count, type, place: symbol.span.at,
    params: places.map((param) => ({ ...param, to: unit.count })), locals: f.locals,
  });
}
