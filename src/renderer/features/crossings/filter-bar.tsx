import { CrossingState, Timing, Verdict } from '../../../shared/domain/crossing.ts';
import { Direction, Line, PERSON_CLASSES } from '../../../shared/domain/line.ts';
import { REQUIREMENT_NAMES } from '../../../shared/locale/regime.ts';
import { requirementsOfKind } from '../../../shared/regime/requirements/registry.ts';
import { useSite } from '../../live/client.tsx';
import { useNames } from '../../live/names.ts';
import { type Choice, Select, TextField } from '../../ui/fields.tsx';
import { useWords } from '../../words/words.ts';
import { type FilterFields, wrongField } from './crossing-filter.ts';

const ANY = '-';
type SelectField = 'checkpoint' | 'lane' | 'line' | 'direction' | 'class' | 'verdict' | 'state';
type MoreField = SelectField | 'timing' | 'reason';

interface FilterBarProps {
  readonly fields: FilterFields;
  readonly onChange: (fields: FilterFields) => void;
}

/** The choices of every select, in the language of the screen. */
function useChoices(fields: FilterFields): Record<MoreField, readonly Choice<string>[]> {
  const { t, text3 } = useWords();
  const { site } = useSite();
  const names = useNames();
  const checkpoint = site.checkpoints.find((one) => one.id === fields.checkpoint);
  const lanes = checkpoint
    ? site.lanes.filter((lane) => lane.checkpoint === checkpoint.id)
    : site.lanes;
  return {
    checkpoint: site.checkpoints.map((one) => ({ value: one.id, text: names.checkpoint(one.id) })),
    lane: lanes.map((one) => ({
      value: one.id,
      text: checkpoint ? names.laneShort(one.id) : names.lane(one.id),
    })),
    line: Line.options.map((value) => ({ value, text: t(`domain.line-${value}`) })),
    direction: Direction.options.map((value) => ({ value, text: t(`domain.direction-${value}`) })),
    class: PERSON_CLASSES.map((value) => ({ value, text: t(`domain.class-${value}`) })),
    verdict: Verdict.options.map((value) => ({ value, text: t(`domain.verdict-${value}`) })),
    state: CrossingState.options.map((value) => ({ value, text: t(`domain.crossing-${value}`) })),
    timing: Timing.options.map((value) => ({ value, text: t(`domain.timing-${value}`) })),
    reason: requirementsOfKind('person').map((value) => ({
      value,
      text: text3(REQUIREMENT_NAMES[value]),
    })),
  };
}

const SELECTS: readonly MoreField[] = [
  'checkpoint',
  'lane',
  'line',
  'direction',
  'class',
  'verdict',
  'state',
  'timing',
  'reason',
];

/** What the list is narrowed to. Every change searches at once. */
export function FilterBar({ fields, onChange }: FilterBarProps) {
  const { t } = useWords();
  const choices = useChoices(fields);
  const wrong = wrongField(fields);
  const set = (field: keyof FilterFields, value: string) => {
    const next = { ...fields, [field]: value };
    onChange(field === 'checkpoint' ? { ...next, lane: '' } : next);
  };
  const timeError = (field: 'from' | 'to') =>
    wrong === field ? t('crossings.time-wrong') : undefined;
  return (
    <search className="filter" aria-label={t('crossings.filter')}>
      <TextField
        label={t('crossings.day')}
        placeholder={t('crossings.day-hint')}
        maxLength={10}
        value={fields.day}
        error={wrong === 'day' ? t('crossings.day-wrong') : undefined}
        onChange={(value) => set('day', value)}
      />
      {(['from', 'to'] as const).map((field) => (
        <TextField
          key={field}
          label={t(`crossings.${field}-time`)}
          placeholder={t('crossings.time-hint')}
          maxLength={5}
          value={fields[field]}
          error={timeError(field)}
          onChange={(value) => set(field, value)}
        />
      ))}
      <TextField
        label={t('crossings.permit')}
        maxLength={64}
        value={fields.permit}
        onChange={(value) => set('permit', value)}
      />
      <TextField
        label={t('crossings.person')}
        maxLength={64}
        value={fields.person}
        onChange={(value) => set('person', value)}
      />
      {SELECTS.map((field) => (
        <Select
          key={field}
          label={t(`crossings.${field}`)}
          value={fields[field] === '' ? ANY : fields[field]}
          choices={[{ value: ANY, text: t('app.all') }, ...choices[field]]}
          onChange={(value) => set(field, value === ANY ? '' : value)}
        />
      ))}
    </search>
  );
}
