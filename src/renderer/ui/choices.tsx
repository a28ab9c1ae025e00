import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Choice } from './fields.tsx';
import './choices.css';

/** Two to four choices side by side, one of them on. */
export function Choices<V extends string>(props: {
  readonly label: string;
  readonly value: V;
  readonly choices: readonly Choice<V>[];
  readonly onChange: (value: V) => void;
}) {
  const { label, value, choices, onChange } = props;
  return (
    <ToggleButtonGroup
      className="choices"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = choices.find((choice) => keys.has(choice.value));
        if (chosen) onChange(chosen.value);
      }}
    >
      {choices.map((choice) => (
        <ToggleButton key={choice.value} id={choice.value} className="choice">
          {choice.text}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
