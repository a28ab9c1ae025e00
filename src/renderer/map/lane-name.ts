/**
 * A lane's own name: sites may put the checkpoint's name before it, which the map shows already.
 */
export function laneOwnName(name: string, checkpoint: string): string {
  return name.startsWith(checkpoint) ? name.slice(checkpoint.length).trim() || name : name;
}
