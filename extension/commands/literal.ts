/** Text for a quick pick, which reads `$(name)` as an icon unless it is escaped; a process may be named like that. */
export function literal(text: string): string {
  return text.replaceAll('$(', '\\$(');
}
