import { useEffect, useRef } from 'react';
import { matchKeybindingPress, parseKeybinding } from 'tinykeys';
import { type CommandRegistry, type ConsoleCommand, useRegistry } from '../actions/commands.ts';
import { KeyFilter } from './key-filter.ts';

const NO_TEXT_TYPES = new Set(['button', 'checkbox', 'radio', 'range', 'file', 'color', 'date']);

function textFieldOf(target: EventTarget | null): HTMLElement | null {
  if (target instanceof HTMLTextAreaElement) return target;
  if (target instanceof HTMLInputElement) return NO_TEXT_TYPES.has(target.type) ? null : target;
  return target instanceof HTMLElement && target.isContentEditable ? target : null;
}

/** Edits at the caret as typing would: undo works and React hears of it. */
function editIn(field: HTMLElement | null, command: 'insertText' | 'delete', text?: string): void {
  // The newer ways to insert text skip the undo list; this one is what Chromium still offers.
  if (field !== null && document.activeElement === field) {
    document.execCommand(command, false, text);
  }
}

function typeInto(field: HTMLElement | null, text: string): void {
  editIn(field, 'insertText', text);
}

/** Takes back what was last written at the caret. */
function takeFrom(field: HTMLElement | null, count: number): void {
  for (let n = 0; n < count; n += 1) editIn(field, 'delete');
}

/** A dialog or an open list of choices takes the keys. */
function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"], .popover') !== null;
}

function matches(command: ConsoleCommand, event: KeyboardEvent): boolean {
  if (command.keys === undefined) return false;
  const [first] = parseKeybinding(command.keys);
  return first !== undefined && matchKeybindingPress(event, first);
}

/** Runs the newest command that this key belongs to. */
function runFor(registry: CommandRegistry, event: KeyboardEvent): boolean {
  const inDialog = dialogIsOpen();
  const command = registry
    .all()
    .findLast((one) => matches(one, event) && (!inDialog || one.inDialog === true));
  command?.run();
  return command !== undefined;
}

/** One listener before all others: holds back what a reader types, and fires the shortcuts. */
function listen(registry: CommandRegistry, onScan: () => void): () => void {
  const filter = new KeyFilter();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: { event: KeyboardEvent; field: HTMLElement | null } | null = null;

  const onQuiet = () => {
    const quiet = filter.quiet();
    if (quiet.act === 'type') typeInto(last?.field ?? null, quiet.text);
    if (quiet.act === 'shortcut' && last) runFor(registry, last.event);
    if (quiet.act === 'scan') onScan();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const field = textFieldOf(event.target);
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    const decision = filter.press({
      key: event.key,
      atMs: event.timeStamp,
      lateMs: performance.now() - event.timeStamp,
      modified,
      repeat: event.repeat,
      composing: event.isComposing || event.key === 'Process',
      inField: field !== null,
    });
    const heldBack =
      decision.act !== 'pass' && !(decision.act === 'type' && decision.after === 'pass');
    if (decision.act === 'type') typeInto(last?.field ?? null, decision.text);
    if (decision.act === 'retake') takeFrom(last?.field ?? null, decision.count);
    if (heldBack) {
      event.preventDefault();
      event.stopImmediatePropagation();
      last = { event, field };
    }
    clearTimeout(timer);
    const waitMs = filter.waitMs();
    if (waitMs !== null) timer = setTimeout(onQuiet, waitMs);
    if (heldBack || event.isComposing) return;
    const character = [...event.key].length === 1 && !modified;
    if (!character && !event.repeat && (modified || field === null) && runFor(registry, event)) {
      event.preventDefault();
    }
  };
  addEventListener('keydown', onKeyDown, { capture: true });
  return () => {
    clearTimeout(timer);
    removeEventListener('keydown', onKeyDown, { capture: true });
  };
}

/** The console's keyboard. `onScan`: a reader typed something, which was swallowed. */
export function Keys({ onScan }: { readonly onScan: () => void }) {
  const registry = useRegistry();
  const heard = useRef(onScan);
  heard.current = onScan;
  useEffect(() => listen(registry, () => heard.current()), [registry]);
  return null;
}
