import type { ReactNode } from 'react';
import type { CommandInput, CommandName } from '../../shared/contract/commands.ts';
import type { WordKey } from '../../shared/locale/tables.ts';
import { useClient } from '../live/client.tsx';
import { faultOf } from '../live/entry-store.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { useToasts } from '../ui/toasts.tsx';
import { useWords } from '../words/words.ts';

export interface ReasonedProps<N extends CommandName> {
  readonly name: N;
  /** The command's input, once the reason is known. */
  readonly input: (reason: string) => CommandInput<N>;
  readonly title: string;
  readonly text: string;
  readonly doIt: string;
  /** Said when it is done. */
  readonly done: string;
  readonly tone?: 'main' | 'danger' | undefined;
  readonly shape?: 'plain' | 'wide' | undefined;
  readonly presets: readonly WordKey[];
  readonly children?: ReactNode;
  /** Something that the children ask for is missing yet. */
  readonly blocked?: boolean | undefined;
  readonly onDone?: (() => void) | undefined;
  readonly onClose: () => void;
}

/** A command that needs a reason and is over when the engine has taken it. */
export function Reasoned<N extends CommandName>(props: ReasonedProps<N>) {
  const { t } = useWords();
  const client = useClient();
  const toasts = useToasts();
  return (
    <ReasonDialog
      title={props.title}
      text={props.text}
      doIt={props.doIt}
      tone={props.tone}
      shape={props.shape}
      blocked={props.blocked}
      presets={props.presets.map((key) => t(key))}
      onClose={props.onClose}
      onDo={async (reason) => {
        try {
          await client.command(props.name, props.input(reason));
        } catch (error) {
          return faultOf(error);
        }
        toasts.show({ tone: 'plain', text: props.done });
        props.onDone?.();
        props.onClose();
        return null;
      }}
    >
      {props.children}
    </ReasonDialog>
  );
}
