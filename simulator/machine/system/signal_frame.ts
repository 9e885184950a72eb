import type { Step } from '../../kernel/index.ts';
import { AUDIT_ARCH_X86_64 } from '../../kernel/seccomp.ts';
import { SIGSYS, SYS_SECCOMP } from '../../kernel/signals.ts';
import type { siginfo } from '../../kernel/task.ts';
import { Reader, Writer } from '../../kernel/uaccess.ts';
import { TEXT_BASE } from '../image.ts';
import type { AltStack } from './books.ts';
import type { Machine } from './machine.ts';

type HandlerStep = Extract<Step, { what: 'handler' }>;

const SIGCHLD = 17;
const SI_USER = 0;
const SI_KERNEL = 0x80;
/** SIGILL, SIGBUS, SIGFPE, SIGSEGV. */
const FAULTS: ReadonlySet<number> = new Set([4, 7, 8, 11]);
const SA_ONSTACK = 0x08000000;
const SIGINFO = 128;
const UCONTEXT = 968;
/** Offsets in ucontext_t: the stack, the registers (23 of 8 bytes), the mask. */
const UC_STACK = 16;
const UC_REGISTERS = 40;
const UC_SIGMASK = 296;
/** R8, R9, R10, RDI, RSI, RDX and RAX: where a call's number, and later its result, and its arguments are. */
const REG_ARGUMENTS = [8, 9, 12, 2, 0, 1];
const REG_RAX = 13;
const REG_RSP = 15;
const REG_RIP = 16;
const REG_CR2 = 22;
/** What a function may have written below its stack pointer. */
const RED_ZONE = 128;
const SS_ONSTACK = 1;
const SS_DISABLE = 2;
/** Smallest signal stack, as sigaltstack(2) wants it. */
const MINSIGSTKSZ = 2048;

/** The program's own doing: then it has an address. */
function isFault({ signo, code }: siginfo): boolean {
  return FAULTS.has(signo) && code > SI_USER && code < SI_KERNEL;
}

/** siginfo_t: what stands after the three numbers depends on the signal and on who sent it. */
export function siginfoBytes(info: siginfo, instruction = 0): Uint8Array {
  const { signo, code, pid = 0, uid = 0, status = 0, value, syscall } = info;
  const to = new Writer().u32(signo).u32(syscall?.errno ?? 0).u32(code >>> 0).u32(0);
  if (isFault(info)) to.u64(value ?? 0);
  else if (syscall) to.u64(instruction).u32(syscall.nr >>> 0).u32(AUDIT_ARCH_X86_64);
  else {
    to.u32(pid >>> 0).u32(uid >>> 0);
    if (signo === SIGCHLD && code > SI_USER) to.u32(status >>> 0).u32(0);
    else to.u64(BigInt.asUintN(64, BigInt(value ?? 0)));
  }
  return new Writer().fixed(to.done(), SIGINFO).done();
}

/** ucontext_t: the mask to come back to, and of the registers those that the machine has. */
function ucontextBytes(instruction: number, stack: number, mask: bigint, alt: AltStack | undefined, info: siginfo): Uint8Array {
  const bytes = new Uint8Array(UCONTEXT);
  const view = new DataView(bytes.buffer);
  const put = (offset: number, value: number | bigint): void => view.setBigUint64(offset, BigInt.asUintN(64, BigInt(value)), true);
  put(UC_STACK, alt?.base ?? 0);
  view.setInt32(UC_STACK + 8, alt ? 0 : SS_DISABLE, true);
  put(UC_STACK + 16, alt?.size ?? 0);
  put(UC_REGISTERS + REG_RSP * 8, stack);
  put(UC_REGISTERS + REG_RIP * 8, instruction);
  put(UC_REGISTERS + REG_CR2 * 8, isFault(info) ? info.value ?? 0 : 0);
  if (info.syscall) {
    put(UC_REGISTERS + REG_RAX * 8, info.syscall.nr);
    for (const [n, register] of REG_ARGUMENTS.entries()) put(UC_REGISTERS + register * 8, info.syscall.args[n] ?? 0);
  }
  put(UC_SIGMASK, mask);
  return bytes;
}

export function onAltStack(alt: AltStack, stack: number): boolean {
  return stack > alt.base && stack <= alt.base + alt.size;
}

/**
 * Lets the thread call its handler: siginfo_t and ucontext_t go to its stack, or to its signal stack, and the handler's frame below. False: there is no room,
 * and the signal kills it.
 */
export function callHandler({ user, books }: Machine, task: number, mm: number, { signo, info, action, oldset }: HandlerStep): boolean {
  const thread = user.thread(task);
  const alt = books.altstacks.get(task);
  const stackPointer = thread.stackPointer >>> 0;
  const switches = alt !== undefined && (action.flags & SA_ONSTACK) !== 0 && !onAltStack(alt, stackPointer);
  const top = switches ? alt.base + alt.size : stackPointer - RED_ZONE;
  const context = Math.floor((top - UCONTEXT) / 16) * 16;
  const at = Math.floor((context - SIGINFO) / 16) * 16;
  if (at <= 0) return false;
  const instruction = TEXT_BASE + thread.at * 16;
  const written = user.write(mm, context, ucontextBytes(instruction, stackPointer, oldset, alt, info)) && user.write(mm, at, siginfoBytes(info, instruction));
  if (!written) return false;
  user.do({ op: 'handler', task, handler: Number(action.handler), signo, info: at, context, stack: at });
  return true;
}

/** The mask that the handler's return restores; it may have been changed. Null: the memory is gone. */
export function savedMask({ user }: Machine, mm: number, context: number): bigint | null {
  const bytes = user.space(mm).read(context + UC_SIGMASK, 8);
  return bytes && new Reader(bytes).big();
}

/**
 * What a handler of SIGSYS leaves in the register for the result of the call that a filter kept from being made; null for any other signal. The machine
 * has no other registers that a handler could change.
 */
export function savedResult({ user }: Machine, mm: number, context: number): number | null {
  const space = user.space(mm);
  const info = space.read(Math.floor((context - SIGINFO) / 16) * 16, 12);
  if (!info) return null;
  const read = new Reader(info);
  const [signo, , code] = [read.u32(), read.u32(), read.u32()];
  if (signo !== SIGSYS || code !== SYS_SECCOMP) return null;
  const bytes = space.read(context + UC_REGISTERS + REG_RAX * 8, 8);
  return bytes && Number(BigInt.asIntN(64, new Reader(bytes).big()));
}

export { MINSIGSTKSZ, SS_DISABLE, SS_ONSTACK };
