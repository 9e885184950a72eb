import type { NsName, Predicate, Text } from './lesson.ts';
import { maps } from './observe.ts';
import type { CallSeen, Observed } from './observe.ts';

const both = (en: string, zh: string): Text => ({ en, 'zh-cn': zh });
const initial = (of: { readonly id: number }): boolean => of.id === 1;

/** Null: it holds. Else what was seen in its place, for the learner. */
export function missing(predicate: Predicate, seen: Observed): Text | null {
  if ('exit' in predicate) {
    if (seen.exit === predicate.exit) return null;
    const ended = seen.signal ?? (seen.exit === null ? seen.limits.join(', ') : String(seen.exit));
    return both(`The program should end with status ${predicate.exit}; it ended with ${ended}.`, `程序应以状态 ${predicate.exit} 结束，实际是 ${ended}。`);
  }
  if ('prints' in predicate) {
    let at = 0;
    for (const line of predicate.prints) {
      const found = seen.lines.indexOf(line, at);
      if (found < 0) return both(`The line “${line}” is missing${at > 0 ? ' after those before it' : ''}. Printed was: ${shown(seen.lines)}`, `缺少输出行“${line}”${at > 0 ? '（应在前面几行之后）' : ''}。实际输出：${shown(seen.lines)}`);
      at = found + 1;
    }
    return null;
  }
  if ('neverPrints' in predicate) return seen.lines.includes(predicate.neverPrints) ? both(`The line “${predicate.neverPrints}” should not be printed.`, `不应输出“${predicate.neverPrints}”。`) : null;
  if ('namespaces' in predicate) return namespaces(predicate.namespaces, seen);
  if ('nsproxies' in predicate) {
    const { ever, atMost } = predicate.nsproxies;
    if (seen.nsproxies < ever) return both(`${ever} nsproxies should have existed; there were ${seen.nsproxies}.`, `应当出现过 ${ever} 个 nsproxy，实际只有 ${seen.nsproxies} 个。`);
    return atMost !== undefined && seen.nsproxies > atMost ? both(`No more than ${atMost} nsproxies should have existed; there were ${seen.nsproxies}.`, `最多应出现 ${atMost} 个 nsproxy，实际有 ${seen.nsproxies} 个。`) : null;
  }
  if ('hostnameKept' in predicate) {
    const names = [...seen.hostnames].filter(([ns]) => initial(ns)).flatMap(([, all]) => all).filter((name) => name !== 'host');
    return names.length === 0 ? null : both(`The machine’s own host name was changed to “${names[0] ?? ''}”: the name was set in the initial UTS namespace.`, `机器自己的主机名被改成了“${names[0] ?? ''}”：sethostname() 发生在初始 UTS 命名空间里。`);
  }
  if ('hostname' in predicate) {
    const found = [...seen.hostnames].some(([ns, names]) => !initial(ns) && names.includes(predicate.hostname));
    return found ? null : both(`No new UTS namespace ever had the host name “${predicate.hostname}”.`, `没有任何新的 UTS 命名空间的主机名是“${predicate.hostname}”。`);
  }
  if ('call' in predicate) {
    const { name, min, error } = predicate.call;
    const n = seen.calls.filter((call) => sameCall(call, name) && call.error === error).length;
    if (n >= min) return null;
    const others = [...new Set(seen.calls.filter((call) => sameCall(call, name)).map((call) => call.error ?? 'OK'))].join(', ');
    const wanted = error === null ? 'successfully' : `with ${error}`;
    return both(`${name}() should have been called ${wanted}${min > 1 ? ` ${min} times` : ''}; ${others === '' ? 'it was not called' : `it returned ${others}, ${n} of them so`}.`,
      `应当${error === null ? '成功' : `以 ${error} 失败地`}调用 ${name}()${min > 1 ? ` ${min} 次` : ''}；${others === '' ? '但没有调用过' : `实际结果是 ${others}（符合的有 ${n} 次）`}。`);
  }
  if ('neverCalls' in predicate) return seen.calls.some((call) => sameCall(call, predicate.neverCalls)) ? both(`${predicate.neverCalls}() should not be called here.`, `这里不应调用 ${predicate.neverCalls}()。`) : null;
  if ('reached' in predicate) return seen.functions.has(predicate.reached) ? null : both(`The kernel never came to ${predicate.reached}().`, `内核没有执行到 ${predicate.reached}()。`);
  if ('taskInNew' in predicate) {
    return [...seen.used].some((ns) => ns.kind === predicate.taskInNew && !initial(ns)) ? null : both(`No task ever was in a new ${predicate.taskInNew} namespace.`, `没有任何任务进入过新的 ${predicate.taskInNew} 命名空间。`);
  }
  if ('pid' in predicate) {
    const { number, level } = predicate.pid;
    return seen.pids.some(([at, nr]) => at === level && nr === number) ? null : both(`No process had the number ${number} in a pid namespace of level ${level}.`, `没有进程在第 ${level} 层 pid 命名空间里的编号是 ${number}。`);
  }
  if ('mapped' in predicate) {
    const { inside, outside } = predicate.mapped;
    return seen.namespaces.some((ns) => maps(ns, inside, outside)) ? null : both(`No user namespace maps uid ${inside} inside to ${outside} outside.`, `没有用户命名空间把内部的 uid ${inside} 映射到外部的 ${outside}。`);
  }
  if ('mountedInNew' in predicate) {
    const most = (first: boolean): number => Math.max(0, ...[...seen.mounts].filter(([ns]) => initial(ns) === first).map(([, types]) => types.get(predicate.mountedInNew) ?? 0));
    return most(false) > most(true) ? null : both(`No new mount namespace got another mount of ${predicate.mountedInNew}, or the initial one got it, too.`, `没有新的 mount 命名空间多挂载了 ${predicate.mountedInNew}，或者初始命名空间也被挂载了。`);
  }
  if ('deviceInNew' in predicate) {
    return [...seen.devices].some(([ns, names]) => !initial(ns) && names.has(predicate.deviceInNew)) ? null : both(`No new net namespace had a device “${predicate.deviceInNew}”.`, `没有新的 net 命名空间里有设备“${predicate.deviceInNew}”。`);
  }
  return seen.tasks >= predicate.tasks.ever ? null : both(`${predicate.tasks.ever} tasks should have been made; there were ${seen.tasks}.`, `应当创建 ${predicate.tasks.ever} 个任务，实际有 ${seen.tasks} 个。`);
}

function namespaces({ type, ever, atMost, end }: { readonly type: NsName; readonly ever?: number | undefined; readonly atMost?: number | undefined; readonly end?: number | undefined }, seen: Observed): Text | null {
  const all = seen.namespaces.filter((ns) => ns.kind === type);
  const left = all.filter((ns) => !ns.freed).length;
  if (ever !== undefined && all.length < ever) return both(`${ever} ${type} namespaces should have existed, the initial one included; there were ${all.length}.`, `应当出现过 ${ever} 个 ${type} 命名空间（含初始的），实际有 ${all.length} 个。`);
  if (atMost !== undefined && all.length > atMost) return both(`No more than ${atMost} ${type} namespaces should have existed; there were ${all.length}.`, `最多应出现 ${atMost} 个 ${type} 命名空间，实际有 ${all.length} 个。`);
  return end !== undefined && left !== end ? both(`${end} ${type} namespaces should be left at the end; there are ${left}.`, `结束时应剩下 ${end} 个 ${type} 命名空间，实际有 ${left} 个。`) : null;
}

/** fork() and vfork() of the libc are clone(2), as on a real machine; clone3 is another way to say clone. */
function sameCall({ name }: CallSeen, wanted: string): boolean {
  return name === wanted || (wanted === 'clone' && name === 'clone3') || (wanted === 'fork' && (name === 'clone' || name === 'vfork'));
}

function shown(lines: readonly string[]): string {
  return lines.length === 0 ? '–' : lines.slice(0, 6).map((line) => `“${line.slice(0, 60)}”`).join(' ') + (lines.length > 6 ? ' …' : '');
}
