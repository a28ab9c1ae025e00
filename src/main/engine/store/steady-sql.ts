/** Texts and names in quotes, comments, and the parameters outside of them. */
const PARTS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\?/g;

/**
 * The same statement with `+?` for each parameter, which has the same value but keeps the plan.
 * SQLite plans some statements by a bare parameter's value (`LIMIT ?`, an equality that no index
 * serves) and marks them to be planned anew at every binding; better-sqlite3 clears the bindings
 * after every run, so that such a statement would be parsed again each time: 5 to 10 times its
 * cost.
 */
export function steadySql(sql: string): string {
  return sql.replace(PARTS, (part) => (part === '?' ? '+?' : part));
}
