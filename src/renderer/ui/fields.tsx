import {
  Select as AriaSelect,
  TextField as AriaTextField,
  Button,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
  TextArea,
} from 'react-aria-components';
import './fields.css';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password' | 'search' | 'date' | undefined;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly maxLength?: number | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly rows?: number | undefined;
  readonly autoComplete?: string | undefined;
  readonly onEnter?: (() => void) | undefined;
}

/** A labelled text field; with `rows`, of several lines. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, hint, error, rows } = props;
  return (
    <AriaTextField
      className="field"
      value={value}
      onChange={onChange}
      type={props.type ?? 'text'}
      maxLength={props.maxLength ?? 500}
      isInvalid={error !== undefined}
      autoFocus={props.autoFocus ?? false}
      autoComplete={props.autoComplete ?? 'off'}
      onKeyDown={(event) => {
        // An Enter that ends a composition is the input method's, not ours.
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) props.onEnter?.();
        event.continuePropagation();
      }}
    >
      <Label className="field-label">{label}</Label>
      {rows === undefined ? (
        <Input className="field-input" placeholder={props.placeholder ?? ''} spellCheck="false" />
      ) : (
        <TextArea
          className="field-input"
          placeholder={props.placeholder ?? ''}
          rows={rows}
          spellCheck="false"
        />
      )}
      {hint !== undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      {error !== undefined && <FieldError className="field-error">{error}</FieldError>}
    </AriaTextField>
  );
}

export interface Choice<V extends string> {
  readonly value: V;
  readonly text: string;
}

export interface SelectProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly choices: readonly Choice<V>[];
  readonly onChange: (value: V) => void;
  readonly hideLabel?: boolean | undefined;
}

/** A choice of one from a short list. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { label, value, choices, onChange, hideLabel } = props;
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.value === key);
        if (chosen) onChange(chosen.value);
      }}
      {...(hideLabel && { 'aria-label': label })}
    >
      {!hideLabel && <Label className="field-label">{label}</Label>}
      <Button className="field-input select-button">
        <SelectValue className="select-value" />
        <span aria-hidden="true" className="select-arrow">
          ▾
        </span>
      </Button>
      <Popover className="popover">
        <ListBox className="listbox">
          {choices.map((choice) => (
            <ListBoxItem
              key={choice.value}
              id={choice.value}
              textValue={choice.text}
              className="listbox-item"
            >
              {choice.text}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
