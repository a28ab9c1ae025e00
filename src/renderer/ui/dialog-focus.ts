import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

const OVERLAY = '.overlay';

/** What had the focus before a dialog, by the dialog's overlay. */
const openers = new WeakMap<Element, HTMLElement>();

/** The same of the dialog that has just closed, while another may come to stand in its place. */
let justClosed: HTMLElement | null = null;

function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** Where the focus goes when the dialog that opens now has closed. */
function openerNow(): HTMLElement | null {
  if (isNowhere()) return justClosed;
  const active = document.activeElement;
  const before = active?.closest(OVERLAY);
  if (before) return openers.get(before) ?? null;
  return active instanceof HTMLElement ? active : null;
}

function isOnTop(dialog: HTMLElement): boolean {
  return [...document.querySelectorAll(OVERLAY)].at(-1)?.contains(dialog) === true;
}

/** Lets React Aria look first: what had the focus may be gone with the dialog before this one. */
function giveBack(opener: HTMLElement): void {
  justClosed = opener;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (justClosed === opener) justClosed = null;
      if (isNowhere() && opener.isConnected) opener.focus();
    }),
  );
}

/**
 * Keeps the focus in the dialog that stands: from the moment that it stands, unless something in
 * it asks for it; again where it is lost because what had it is gone; and back to where it was once
 * the last of several dialogs in one place has closed.
 */
export function useDialogFocus(onClose: () => void): RefObject<HTMLElement | null> {
  const dialog = useRef<HTMLElement>(null);
  const [opener] = useState(openerNow);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const overlay = dialog.current?.closest(OVERLAY);
    if (overlay && opener) openers.set(overlay, opener);
    take(dialog.current, (shown) => !shown.contains(document.activeElement));
    return () => {
      if (opener) giveBack(opener);
    };
  }, [opener]);
  useEffect(() => {
    // The one before may have hidden it for a moment, as all that is outside of itself.
    const frame = requestAnimationFrame(() => take(dialog.current, isNowhere));
    const onKeyDown = (event: KeyboardEvent) => {
      const shown = dialog.current;
      if (shown === null || !isNowhere() || !isOnTop(shown)) return;
      shown.focus({ preventScroll: true });
      if (event.key === 'Escape' && !event.isComposing) close.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  return dialog;
}

function take(dialog: HTMLElement | null, when: (dialog: HTMLElement) => boolean): void {
  if (dialog !== null && when(dialog)) dialog.focus({ preventScroll: true });
}
