import * as vscode from 'vscode';
import type { FileFailure, FileKind, FileTarget } from '../../helper/protocol.ts';
import type { LiveHost } from '../host/liveHost.ts';
import { targetOf } from './address.ts';

const KINDS: Readonly<Record<FileKind, vscode.FileType>> = { file: vscode.FileType.File, folder: vscode.FileType.Directory, link: vscode.FileType.SymbolicLink, special: vscode.FileType.Unknown };
/** So many bytes are asked for at a time; a file with more than the other number is not opened. */
const PART = 2 << 20, LARGEST = 64 << 20;

/** The files of a process as it sees them itself, read by the helper through its root directory. Nothing can be changed. */
export class NamespaceFiles implements vscode.FileSystemProvider {
  readonly #host: Pick<LiveHost, 'request'>;
  /** Nothing is watched: a file is read when it is opened. */
  readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]> = () => new vscode.Disposable(() => undefined);

  constructor(host: Pick<LiveHost, 'request'>) {
    this.#host = host;
  }

  watch(): vscode.Disposable { return new vscode.Disposable(() => undefined); }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const found = await this.#host.request('fileStat', target(uri));
    if ('errno' in found) throw refused(uri, found);
    return { type: KINDS[found.kind], size: found.size, mtime: found.mtimeMs, ctime: found.ctimeMs, permissions: vscode.FilePermission.Readonly };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const found = await this.#host.request('fileList', target(uri));
    if ('errno' in found) throw refused(uri, found);
    if (found.more > 0) void vscode.window.showWarningMessage(vscode.l10n.t('{0} has {1} entries more than are shown.', uri.path, found.more));
    return found.entries.map(({ name, kind }) => [name, KINDS[kind]]);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const parts: Buffer[] = [];
    for (let offset = 0; ;) {
      const part = await this.#host.request('fileRead', { ...target(uri), offset, length: PART });
      if ('errno' in part) throw refused(uri, part);
      const bytes = Buffer.from(part.data, 'base64');
      parts.push(bytes);
      offset += bytes.length;
      if (part.end) return Buffer.concat(parts);
      if (offset > LARGEST) throw vscode.FileSystemError.Unavailable(vscode.l10n.t('{0} has more than {1} MB. Copy it with a terminal: "Namespaces: Run a Command in Namespace…".', uri.path, LARGEST >> 20));
    }
  }

  /** Rejects with the reason, for people, when a file cannot be opened: an editor only says that something unexpected has happened. */
  async tryToOpen(uri: vscode.Uri): Promise<void> {
    const found = await this.#host.request('fileRead', { ...target(uri), offset: 0, length: 1 });
    if ('errno' in found) throw new Error(sentence(uri, found));
  }

  createDirectory(uri: vscode.Uri): never { throw readOnly(uri); }
  writeFile(uri: vscode.Uri): never { throw readOnly(uri); }
  delete(uri: vscode.Uri): never { throw readOnly(uri); }
  rename(uri: vscode.Uri): never { throw readOnly(uri); }
}

function target(uri: vscode.Uri): FileTarget {
  const found = targetOf(uri.authority, uri.path);
  if (!found) throw vscode.FileSystemError.FileNotFound(vscode.l10n.t('{0} is not the address of a file of a process.', uri.toString()));
  return found;
}

function readOnly(uri: vscode.Uri): vscode.FileSystemError {
  return vscode.FileSystemError.NoPermissions(vscode.l10n.t('{0} is a file of another process, shown to be read only.', uri.path));
}

/** As VS Code has it. */
function refused(uri: vscode.Uri, failure: FileFailure): vscode.FileSystemError {
  const said = sentence(uri, failure);
  switch (failure.errno) {
    case 'ENOENT': case 'ESRCH': return vscode.FileSystemError.FileNotFound(said);
    case 'ENOTDIR': return vscode.FileSystemError.FileNotADirectory(said);
    case 'EISDIR': return vscode.FileSystemError.FileIsADirectory(said);
    case 'EACCES': case 'EPERM': return vscode.FileSystemError.NoPermissions(said);
    default: return vscode.FileSystemError.Unavailable(said);
  }
}

/** What the kernel said, and what to do. */
function sentence({ path, authority }: vscode.Uri, { errno }: FileFailure): string {
  const pid = authority.split('-')[0] ?? '';
  switch (errno) {
    case 'ENOENT': return vscode.l10n.t('Process {0} sees no {1}.', pid, path);
    case 'ENOTDIR': return vscode.l10n.t('{0} is not a folder.', path);
    case 'EISDIR': return vscode.l10n.t('{0} is a folder.', path);
    case 'ELOOP': return vscode.l10n.t('{0} is a link that leads in a circle.', path);
    case 'ENOTSUP': return vscode.l10n.t('{0} is a pipe, a socket or a device: reading it could wait for ever or change something, so it is not opened.', path);
    case 'ESRCH': return vscode.l10n.t('Process {0} has ended (a zombie): its files cannot be reached through it any more.', pid);
    case 'EACCES': case 'EPERM':
      return vscode.l10n.t('You may not read {0} of process {1} ({2}): it needs to be your own process and a file that you may read, or CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH. "Namespaces: Restart Helper with Privileges…" gives the helper these.', path, pid, errno);
    default: return vscode.l10n.t('{0} could not be read: {1}.', path, errno);
  }
}
