/** What a program in the guest said of one of its checks. */
export function lineOf(output: string, name: string): string | undefined {
  const lines = output.split(/\r?\n/);
  return lines.find((line) => line.startsWith(`ok ${name}`) || line.startsWith(`not ok ${name}`));
}
