import { keyParts } from '../../shared/lib/key-parts.ts';

const SHOWN: Readonly<Record<string, string>> = {
  $mod: 'Ctrl',
  Control: 'Ctrl',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** A binding as it stands on the keyboard: `$mod+k` is `Ctrl K`. */
export function keysText(keys: string): string {
  return keyParts(keys)
    .map((part) => SHOWN[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' ');
}
