import type { FormEvent, ReactNode } from 'react';
import { useAsking } from '../../live/use-asking.ts';
import { Section } from '../../ui/screen.tsx';
import { ErrorBox } from '../../ui/states.tsx';
import { useToasts } from '../../ui/toasts.tsx';

/** A form that asks the engine once, says what came of it, and shows what was wrong. */
export function AskingForm(props: {
  readonly title: string;
  readonly doIt: string;
  readonly done: string;
  readonly ready: boolean;
  /** Asks; once it is taken, the fields are emptied by `onDone`. */
  readonly onDo: () => Promise<unknown>;
  readonly onDone: () => void;
  readonly children: ReactNode;
}) {
  const toasts = useToasts();
  const { busy, fault, ask } = useAsking();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!props.ready || !(await ask(props.onDo))) return;
    toasts.show({ tone: 'plain', text: props.done });
    props.onDone();
  };
  return (
    <Section title={props.title}>
      <form className="settings-form settings-user" onSubmit={(event) => void submit(event)}>
        {props.children}
        <button type="submit" className="btn btn-main" disabled={!props.ready || busy}>
          {props.doIt}
        </button>
      </form>
      {fault && <ErrorBox fault={fault} />}
    </Section>
  );
}
