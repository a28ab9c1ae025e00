const SHOWN: Readonly<Record<string, string>> = {
  $mod: 'Ctrl',
  Control: 'Ctrl',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** A binding as it stands on the keyboard: `$mod+k` is `Ctrl K`; `[Shift]` goes without saying. */
export function keysText(keys: string): string {
  return keys
    .split('+')
    .filter((part) => !part.startsWith('['))
    .map((part) => SHOWN[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' ');
}
