/**
 * Environment that marks the prompt of a shell with where it is. bash runs PROMPT_COMMAND before each prompt, after its start-up files have set PS1; dash and ash
 * take PS1 from the environment. `mark` has only letters, digits, spaces and `:+-`, so nothing in it means anything to a shell.
 */
export function promptEnvironment(shell: string, mark: string): Record<string, string> {
  const safe = mark.replace(/[^A-Za-z0-9 :+-]/g, '');
  const name = shell.slice(shell.lastIndexOf('/') + 1);
  if (name === 'bash') return { PROMPT_COMMAND: `PS1="(${safe}) $PS1"; unset PROMPT_COMMAND` };
  if (name === 'sh' || name === 'dash' || name === 'ash' || name === 'busybox') return { PS1: `(${safe}) \${PWD} \\$ ` };
  return {};
}
