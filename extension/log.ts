/** Where anything is logged: a `vscode.LogOutputChannel` is one. Host text goes through `visible()` first. */
export interface Log {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
