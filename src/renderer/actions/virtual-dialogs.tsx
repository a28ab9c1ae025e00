import { useState } from 'react';
import {
  FilingReference,
  MOST_DECLARED,
  type VirtualDeclaration,
} from '../../shared/contract/virtual-operations.ts';
import { type AreaId, EnterpriseId, PersonId } from '../../shared/domain/ids.ts';
import { FilingAbout, FilingOutcome, type VirtualArea } from '../../shared/domain/virtual-area.ts';
import { assertNever, must } from '../../shared/lib/assert.ts';
import { AUTHORITY_WORDS } from '../../shared/locale/regime-terms.ts';
import { useSite } from '../live/client.tsx';
import { useZoneNow } from '../live/now.ts';
import { Select, TextField } from '../ui/fields.tsx';
import { fieldsOfMoment, type MomentFields, momentOf } from '../words/moment-field.ts';
import { useWords } from '../words/words.ts';
import { Reasoned } from './reasoned.tsx';
import type { VirtualAsked } from './virtual-asked.ts';

type Asked<A extends VirtualAsked['act']> = Extract<VirtualAsked, { act: A }>;
interface Props<A extends VirtualAsked['act']> {
  readonly asked: Asked<A>;
  readonly onClose: () => void;
}

const PRESETS = [
  'virtual.preset-entity',
  'virtual.preset-letter',
  'virtual.preset-portal',
] as const;
/** The longest text of so many numbers of persons. */
const PERSONS_LETTERS = MOST_DECLARED * 65;

/** An area without gates and an entity of it: given, or to be said. */
function useEntity(of: Pick<VirtualDeclaration, 'area' | 'enterprise'> | null) {
  const { t, text3 } = useWords();
  const areas = must(useSite().site.virtualAreas, 'a site with virtual areas');
  const [area, setArea] = useState<AreaId>(must(of?.area ?? areas[0]?.id, 'a virtual area'));
  const [written, setWritten] = useState<string>(of?.enterprise ?? '');
  const found: VirtualArea = must(areas.find(({ id }) => id === area) ?? areas[0], 'the area');
  const enterprise = EnterpriseId.safeParse(written.trim());
  const fields = of === null && (
    <>
      {areas.length > 1 && (
        <Select
          label={t('virtual.area')}
          value={area}
          choices={areas.map(({ id, name }) => ({ value: id, text: text3(name) }))}
          onChange={setArea}
        />
      )}
      <TextField
        label={t('virtual.enterprise')}
        value={written}
        onChange={setWritten}
        maxLength={64}
      />
    </>
  );
  return { area: found, enterprise: enterprise.success ? enterprise.data : null, fields };
}

/** The persons that a text names, apart by spaces, commas or lines; and the first that is none. */
export function personsOf(text: string): { persons: PersonId[]; wrong: string | null } {
  const written = [...new Set(text.split(/[\s,;、，；]+/).filter((one) => one !== ''))];
  const wrong = written.find((one) => !PersonId.safeParse(one).success) ?? null;
  return { persons: wrong === null ? written.map((one) => PersonId.parse(one)) : [], wrong };
}

const NO_MOMENT: MomentFields = { day: '', time: '' };

/** A day and a time that are typed; `ms` is null where they name no moment. */
function useMoment(start: MomentFields, which: 'from' | 'until') {
  const { t } = useWords();
  const [typed, setTyped] = useState<MomentFields | null>(null);
  const fields = typed ?? start;
  const isEmpty = fields.day === '' && fields.time === '';
  const ms = momentOf(fields);
  const error = typed !== null && !isEmpty && ms === null ? t('virtual.time-wrong') : undefined;
  const field = (early: boolean) => (
    <div className="field-row">
      <TextField
        label={t(`virtual.${which}-day`)}
        value={fields.day}
        onChange={(day) => setTyped({ ...fields, day })}
        placeholder="YYYY-MM-DD"
        maxLength={10}
        error={error ?? (early ? t('virtual.until-early') : undefined)}
      />
      <TextField
        label={t(`virtual.${which}-time`)}
        value={fields.time}
        onChange={(time) => setTyped({ ...fields, time })}
        placeholder="HH:MM"
        maxLength={5}
      />
    </div>
  );
  return { ms, isEmpty, field };
}

/** Who of an entity is there, from when, until when: as it declares. */
function DeclareDialog({ asked: { of, onDone }, onClose }: Props<'virtual-declare'>) {
  const { t } = useWords();
  const { area, enterprise, fields } = useEntity(of);
  const [text, setText] = useState(of?.persons.join(' ') ?? '');
  const { persons, wrong } = personsOf(text);
  const nowMs = useZoneNow();
  const [start] = useState(nowMs === null ? NO_MOMENT : fieldsOfMoment(nowMs));
  const from = useMoment(start, 'from');
  const until = useMoment(NO_MOMENT, 'until');
  const isEarly = from.ms !== null && until.ms !== null && until.ms <= from.ms;
  const isMany = persons.length > MOST_DECLARED;
  const isUntil = until.isEmpty || until.ms !== null;
  const error = isMany
    ? t('virtual.persons-many', { most: MOST_DECLARED })
    : wrong === null
      ? undefined
      : t('virtual.persons-wrong', { id: wrong.slice(0, 40) });
  return (
    <Reasoned
      name="virtual.declare"
      input={(reason) => ({
        ...{ area: area.id, enterprise: EnterpriseId.parse(enterprise), persons, reason },
        ...{ fromMs: must(from.ms, 'its beginning'), toMs: until.ms },
      })}
      title={t('virtual.declare-it')}
      text={t('virtual.declare-text')}
      doIt={t('virtual.declare-it')}
      done={t('virtual.declare-done')}
      presets={PRESETS}
      blocked={
        enterprise === null || error !== undefined || from.ms === null || isEarly || !isUntil
      }
      onDone={onDone}
      onClose={onClose}
    >
      {fields}
      <TextField
        label={t('virtual.persons')}
        value={text}
        onChange={setText}
        rows={2}
        maxLength={PERSONS_LETTERS}
        hint={t('virtual.persons-hint', { most: MOST_DECLARED })}
        error={error}
      />
      {from.field(false)}
      {until.field(isEarly)}
    </Reasoned>
  );
}

/** A number of a file, with what it may be. */
function useReference(label: 'virtual.reference' | 'virtual.answer-reference') {
  const { t } = useWords();
  const [written, setWritten] = useState('');
  const read = FilingReference.safeParse(written);
  const field = (
    <TextField
      label={t(label)}
      value={written}
      onChange={setWritten}
      maxLength={64}
      hint={t('virtual.reference-hint')}
    />
  );
  return { field, reference: read.success ? read.data : null };
}

/** What was sent to the other side's authority. */
function SendDialog({ asked: { of, onDone }, onClose }: Props<'filing-send'>) {
  const { t, number, text3 } = useWords();
  const { area, enterprise, fields } = useEntity(of);
  const { field, reference } = useReference('virtual.reference');
  const [about, setAbout] = useState<(typeof FilingAbout.options)[number]>(
    of === null ? 'entity' : 'presence',
  );
  const told = {
    side: text3(AUTHORITY_WORDS[area.filedWith]),
    days: number(area.answerWithinDays),
  };
  return (
    <Reasoned
      name="filing.send"
      input={(reason) => ({
        ...{ area: area.id, enterprise: EnterpriseId.parse(enterprise), about, reason },
        reference: FilingReference.parse(reference),
      })}
      title={t('virtual.send')}
      text={t('virtual.send-text', told)}
      doIt={t('virtual.send')}
      done={t('virtual.send-done')}
      presets={PRESETS}
      blocked={enterprise === null || reference === null}
      onDone={onDone}
      onClose={onClose}
    >
      {fields}
      <Select
        label={t('virtual.about-what')}
        value={about}
        choices={FilingAbout.options.map((value) => ({ value, text: t(`virtual.about-${value}`) }))}
        onChange={setAbout}
      />
      {field}
    </Reasoned>
  );
}

/** What that authority answered. */
function AnswerDialog({ asked: { filing, onDone }, onClose }: Props<'filing-answer'>) {
  const { t, text3 } = useWords();
  const { field, reference } = useReference('virtual.answer-reference');
  const [outcome, setOutcome] = useState<(typeof FilingOutcome.options)[number]>('accepted');
  const side = text3(AUTHORITY_WORDS[filing.authority]);
  return (
    <Reasoned
      name="filing.answer"
      input={(reason) => ({
        ...{ filing: filing.filing, outcome, reference: FilingReference.parse(reference), reason },
      })}
      title={t('virtual.answer')}
      text={t('virtual.answer-text', { side, reference: filing.reference })}
      doIt={t('virtual.answer')}
      done={t('virtual.answer-done')}
      presets={['virtual.preset-letter', 'virtual.preset-portal']}
      blocked={reference === null}
      onDone={onDone}
      onClose={onClose}
    >
      <Select
        label={t('virtual.outcome')}
        value={outcome}
        choices={FilingOutcome.options.map((value) => ({
          value,
          text: t(`virtual.state-${value}`),
        }))}
        onChange={setOutcome}
      />
      {field}
    </Reasoned>
  );
}

/** The dialog of a command on an area without gates. */
export function VirtualDialog(props: { asked: VirtualAsked; onClose: () => void }) {
  const { asked, onClose } = props;
  switch (asked.act) {
    case 'virtual-declare':
      return <DeclareDialog asked={asked} onClose={onClose} />;
    case 'filing-send':
      return <SendDialog asked={asked} onClose={onClose} />;
    case 'filing-answer':
      return <AnswerDialog asked={asked} onClose={onClose} />;
    default:
      return assertNever(asked, 'act on a virtual area');
  }
}
