import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import './button.css';

export type ButtonTone = 'plain' | 'main' | 'danger' | 'quiet';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly tone?: ButtonTone | undefined;
  readonly disabled?: boolean | undefined;
  /** Shown as a small key cap beside the text. */
  readonly keys?: string | undefined;
  /** The accessible name where the text alone does not say what will happen. */
  readonly label?: string | undefined;
  readonly small?: boolean | undefined;
  readonly pressed?: boolean | undefined;
  readonly testId?: string | undefined;
}

/** A button. `main` is the one next step of a panel; `danger` acts on a gate or a person. */
export function Button(props: ButtonProps) {
  const { children, onPress, tone = 'plain', disabled, keys, label, small, pressed } = props;
  return (
    <AriaButton
      className={`btn btn-${tone}${small ? ' btn-small' : ''}`}
      onPress={onPress}
      isDisabled={disabled ?? false}
      {...(label !== undefined && { 'aria-label': label })}
      {...(pressed !== undefined && { 'aria-pressed': pressed })}
      {...(props.testId !== undefined && { 'data-testid': props.testId })}
    >
      {children}
      {keys !== undefined && (
        <span aria-hidden="true" className="key">
          {keys}
        </span>
      )}
    </AriaButton>
  );
}
