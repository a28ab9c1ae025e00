import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import './dialog.css';
import { useDialogFocus } from './dialog-focus.ts';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** `wide` for lists and reports, `side` for a panel along the right edge. */
  readonly shape?: 'plain' | 'wide' | 'side' | undefined;
  readonly alert?: boolean | undefined;
}

/**
 * A modal dialog, open as long as it is rendered. Escape closes it. What has the focus at first is
 * whatever inside asks for it by `autoFocus`, or else itself: never the button of an opening
 * command.
 */
export function Dialog({ title, onClose, children, shape = 'plain', alert }: DialogProps) {
  const dialog = useDialogFocus(onClose);
  return (
    <ModalOverlay
      className={`overlay overlay-${shape}`}
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={`modal modal-${shape}`}>
        <AriaDialog ref={dialog} className="dialog" role={alert ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" className="dialog-title">
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The row of buttons at a dialog's foot. */
export function DialogFoot({ children }: { readonly children: ReactNode }) {
  return <div className="dialog-foot">{children}</div>;
}
