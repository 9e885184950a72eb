import type { Block, Declaration, For, Statement } from '../ast.ts';
import { OP } from '../../machine/isa.ts';
import { branch } from './condition.ts';
import type { FunctionEmitter, Label } from './function.ts';
import { initialise } from './initialise.ts';
import { localOffset, sizeLocal, spot } from './place.ts';
import { copyRecord } from './record.ts';
import { emitSwitch } from './switch.ts';
import { isArrayOfVariableLength, isScalar, isWide } from './types.ts';
import { effect, value } from './value.ts';
import { hasVariableArray } from './walk.ts';

export function emitStatement(f: FunctionEmitter, s: Statement): void {
  const d = f.scratch;
  switch (s.kind) {
    case 'expression':
      f.statement(s.span);
      effect(f, s.expression, d);
      return;
    case 'declaration': declare(f, s); return;
    case 'block': statements(f, s, null); return;
    case 'if': {
      const otherwise = f.label();
      f.statement(s.condition.span);
      branch(f, s.condition, otherwise, false, d);
      emitStatement(f, s.then);
      if (s.otherwise) {
        const done = f.label();
        f.goto(done);
        f.bind(otherwise);
        emitStatement(f, s.otherwise);
        f.bind(done);
      } else f.bind(otherwise);
      return;
    }
    case 'while': {
      const start = f.label();
      const again = f.label();
      loop(f, s.body, again, () => {
        f.goto(again);
        f.bind(start);
        emitStatement(f, s.body);
        f.bind(again);
        f.restoreStack();
        f.tick();
        f.statement(s.condition.span);
        branch(f, s.condition, start, true, d);
      });
      return;
    }
    case 'do': {
      const start = f.label();
      const again = f.label();
      f.bind(start);
      f.tick();
      loop(f, s.body, again, () => {
        emitStatement(f, s.body);
        f.bind(again);
        f.restoreStack();
        f.statement(s.condition.span);
        branch(f, s.condition, start, true, d);
      });
      return;
    }
    case 'for': forLoop(f, s); return;
    case 'switch': emitSwitch(f, s); return;
    case 'case': case 'default': {
      const label = f.cases.get(s);
      if (label) f.bind(label);
      emitStatement(f, s.statement);
      return;
    }
    case 'break': case 'continue': {
      const target = f.targets.findLast(({ continueTo }) => s.kind === 'break' || continueTo !== null);
      f.statement(s.span);
      const label = s.kind === 'break' ? target?.breakTo : target?.continueTo;
      if (label) f.goto(label);
      return;
    }
    case 'return':
      f.statement(s.span);
      returnValue(f, s.value, d);
      return;
    case 'goto':
      f.statement(s.span);
      f.goto(f.labelOf(s.label));
      return;
    case 'label':
      f.bind(f.labelOf(s.name));
      f.tick();
      emitStatement(f, s.statement);
      return;
    case 'empty': return;
  }
}

/** A loop around what `emit` makes. */
function loop(f: FunctionEmitter, body: Statement, continueTo: Label, emit: () => void): void {
  const done = f.label();
  f.keepStack(hasVariableArray(body), () => {
    f.targets.push({ breakTo: done, continueTo });
    emit();
    f.targets.pop();
    f.bind(done);
    f.restoreStack();
  });
}

function forLoop(f: FunctionEmitter, s: For): void {
  const from = f.next;
  const condition = f.label();
  const start = f.label();
  const step = f.label();
  const d = f.scratch;
  for (const each of s.init) emitStatement(f, each);
  // the first test belongs to the statement before it
  if (s.condition && s.init.length === 0) f.statement(s.condition.span);
  loop(f, s.body, step, () => {
    if (s.condition) f.goto(condition);
    f.bind(start);
    f.tick();
    emitStatement(f, s.body);
    f.bind(step);
    f.restoreStack();
    if (s.step) {
      f.statement(s.step.span);
      effect(f, s.step, d);
    } else f.statement(s.condition?.span ?? s.span);
    f.bind(condition);
    if (s.condition) branch(f, s.condition, start, true, d);
    else f.goto(start);
  });
  f.scope(s.locals, from);
}

/** A block; `last` adds to its end what is still within its scope. */
export function statements(f: FunctionEmitter, block: Block, last: (() => void) | null): void {
  const from = f.next;
  const emit = (): void => {
    for (const each of block.statements) emitStatement(f, each);
    last?.();
  };
  if (block.statements.some((each) => each.kind === 'declaration' && each.length !== null && each.symbol.type.kind === 'array')) {
    f.keepStack(true, () => {
      emit();
      f.restoreStack();
    });
  } else emit();
  f.scope(block.locals, from);
}

export function declare(f: FunctionEmitter, s: Declaration): void {
  const { symbol } = s;
  const d = f.scratch;
  const offset = f.offsets.get(symbol) ?? localOffset(f, symbol);
  if (s.length) {
    f.statement(s.span);
    value(f, s.length, d);
    if (!isArrayOfVariableLength(symbol.type)) return;
    const size = sizeLocal(symbol.type);
    if (size) f.emit(OP.STL64, d, f.offsets.get(size) ?? localOffset(f, size));
    f.emit(OP.ALLOCA, d, d);
    f.emit(OP.STL64, d, offset);
    return;
  }
  if (!s.init) return;
  f.statement(s.span);
  initialise(f, offset, s.init, d);
}

function returnValue(f: FunctionEmitter, e: Extract<Statement, { kind: 'return' }>['value'], d: number): void {
  if (!e || e.type.kind === 'void') {
    if (e) effect(f, e, d);
    f.emit(OP.RET);
  } else if (isScalar(e.type)) {
    value(f, e, d);
    f.emit(isWide(e.type) ? OP.RET64 : OP.RET32, d);
  } else if (f.resultPointer !== null) {
    const from = spot(f, e, d);
    const at = f.uses(Math.max(from.next, d));
    f.emit(OP.LDL64, at, f.resultPointer);
    copyRecord(f, { in: 'register', register: at, offset: 0, next: at + 2 }, from, e.type, at + 2);
    f.emit(OP.RET);
  }
}
