import type { Step } from '../../kernel/index.ts';
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
export function siginfoBytes(info: siginfo): Uint8Array {
  const { signo, code, pid = 0, uid = 0, status = 0, value } = info;
  const to = new Writer().u32(signo).u32(0).u32(code >>> 0).u32(0);
  if (isFault(info)) to.u64(value ?? 0);
  else {
    to.u32(pid >>> 0).u32(uid >>> 0);
    if (signo === SIGCHLD && code > SI_USER) to.u32(status >>> 0).u32(0);
    else to.u64(BigInt.asUintN(64, BigInt(value ?? 0)));
  }
  return new Writer().fixed(to.done(), SIGINFO).done();
}

/** ucontext_t: the mask to come back to, and of the registers those that the machine has. */
function ucontextBytes(at: number, stack: number, mask: bigint, alt: AltStack | undefined, fault: number): Uint8Array {
  const bytes = new Uint8Array(UCONTEXT);
  const view = new DataView(bytes.buffer);
  const put = (offset: number, value: number | bigint): void => view.setBigUint64(offset, BigInt.asUintN(64, BigInt(value)), true);
  put(UC_STACK, alt?.base ?? 0);
  view.setInt32(UC_STACK + 8, alt ? 0 : SS_DISABLE, true);
  put(UC_STACK + 16, alt?.size ?? 0);
  put(UC_REGISTERS + REG_RSP * 8, stack);
  put(UC_REGISTERS + REG_RIP * 8, TEXT_BASE + at * 16);
  put(UC_REGISTERS + REG_CR2 * 8, fault);
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
  const written = user.write(mm, context, ucontextBytes(thread.at, stackPointer, oldset, alt, isFault(info) ? info.value ?? 0 : 0)) && user.write(mm, at, siginfoBytes(info));
  if (!written) return false;
  user.do({ op: 'handler', task, handler: Number(action.handler), signo, info: at, context, stack: at });
  return true;
}

/** The mask that the handler's return restores; it may have been changed. Null: the memory is gone. */
export function savedMask({ user }: Machine, mm: number, context: number): bigint | null {
  const bytes = user.space(mm).read(context + UC_SIGMASK, 8);
  return bytes && new Reader(bytes).big();
}

export { MINSIGSTKSZ, SS_DISABLE, SS_ONSTACK };
