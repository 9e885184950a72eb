import fs from 'node:fs';
import path from 'node:path';
import { NS_LINKS, type NsLink, type NsType } from '../../../helper/protocol.ts';
import type { World } from './world.ts';

export type Answer = { readonly ok: true; readonly values: readonly string[] } | { readonly ok: false; readonly errno: string };

/** What a thread says it is in: it read its own links. Null for a link that it could not read. */
export interface Links {
  /** As the host numbers them. */
  readonly pid: number;
  readonly tid: number;
  readonly ns: Readonly<Record<NsLink, number | null>>;
}

/** One process of a world. Its methods are commands to it (`commands.c`); they throw what the kernel answered. */
export class Actor {
  readonly world: World;
  readonly id: string;
  /** On the host. */
  readonly pid: number;
  readonly parent: Actor | null;
  #seq = 0;

  constructor(world: World, id: string, pid: number, parent: Actor | null) {
    this.world = world;
    this.id = id;
    this.pid = pid;
    this.parent = parent;
  }

  /** Gives a command and waits for its answer; the words must hold no spaces or newlines. */
  async command(...words: readonly (string | number)[]): Promise<readonly string[]> {
    const seq = String(++this.#seq);
    fs.writeFileSync(path.join(this.world.directory, this.id), `${seq} ${words.join(' ')}\n`);
    const answer = await this.world.answer(this.id, seq);
    if (!answer.ok) throw new Error(`actor ${this.id} (pid ${this.pid}): ${words.join(' ')}: ${answer.errno}`);
    return answer.values;
  }

  /** A child process in new namespaces of these types; a new user namespace maps its root to this actor's uid. */
  async spawn(...types: NsType[]): Promise<Actor> {
    const id = this.world.newName();
    await this.command('spawn', id, types.join(',') || 'none');
    return this.world.arrival(id, this);
  }

  async unshare(...types: NsType[]): Promise<void> { await this.command('unshare', types.join(',')); }

  /** Enters the namespace of another process of the host (setns). */
  async join(pid: number, link: NsLink): Promise<void> { await this.command('join', pid, link); }

  /** Opens a namespace of a process and keeps the descriptor, whose number is returned. */
  async hold(pid: number, link: NsLink): Promise<number> { return Number((await this.command('hold', pid, link))[0]); }

  async close(fd: number): Promise<void> { await this.command('close', fd); }

  /** Opens a socket in the net namespace it is in now; the descriptor's number is returned. */
  async socket(): Promise<number> { return Number((await this.command('socket'))[0]); }

  async links(): Promise<Links> { return parseLinks(await this.command('links')); }

  /** A thread of this process in new namespaces of these types. */
  async thread(...types: NsType[]): Promise<Links> { return parseLinks(await this.command('thread', types.join(','))); }

  /** Binds a namespace file on a new file at `where`, in this actor's mount namespace. */
  async bind(pid: number, link: NsLink, where: string): Promise<void> { await this.command('bind', pid, link, hex(Buffer.from(where))); }

  async unmount(where: string): Promise<void> { await this.command('unmount', where); }

  /** Stops the propagation of mounts to and from other mount namespaces. */
  async makeMountsPrivate(): Promise<void> { await this.command('private'); }

  async mount(fstype: string, where: string, options = ''): Promise<void> { await this.command('mount', fstype, where, options || '-'); }

  async become(uid: number): Promise<void> { await this.command('become', uid); }

  /** Sets the name in `/proc/PID/comm`: at most 15 bytes. */
  async setComm(name: Uint8Array): Promise<void> { await this.command('comm', hex(name)); }

  async setHostname(name: string): Promise<void> { await this.command('hostname', hex(Buffer.from(name))); }

  /** Executes itself again, with this command line. */
  async setCmdline(words: readonly Uint8Array[]): Promise<void> {
    this.#seq++;
    fs.writeFileSync(path.join(this.world.directory, this.id), `${this.#seq} again ${words.map(hex).join(' ')}\n`);
    // the new program reports itself; a failed exec answers the command
    const arrived = await Promise.race([this.world.answer(this.id, '0'), this.world.answer(this.id, String(this.#seq))]);
    if (!arrived.ok) throw new Error(`actor ${this.id}: again: ${arrived.errno}`);
  }

  /** It and its children to come run on one CPU only. */
  async stayOnOneCpu(): Promise<void> { await this.command('one-cpu'); }

  /** Makes so many processes that end at once. */
  async storm(count: number): Promise<void> { await this.command('storm', count); }

  /** The next process made in this actor's pid namespace gets this pid there, if it is free. */
  async setNextPid(pid: number): Promise<void> { await this.command('next-pid', pid); }

  /** Kills and reaps a child of this actor. */
  async kill(child: Actor): Promise<void> { await this.command('kill', child.id); }

  /** Kills a child and does not reap it. */
  async makeZombie(child: Actor): Promise<void> { await this.command('zombie', child.id); }
}

function hex(bytes: Uint8Array): string { return Buffer.from(bytes).toString('hex') || '-'; }

function parseLinks([thread, ...inodes]: readonly string[]): Links {
  const [pid, , tid] = (thread ?? '').split('/');
  const ns = Object.fromEntries(NS_LINKS.map((link, i) => [link, Number(inodes[i]) || null])) as Record<NsLink, number | null>;
  return { pid: Number(pid), tid: Number(tid), ns };
}
