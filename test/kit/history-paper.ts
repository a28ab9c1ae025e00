import { h10301 } from '../../src/shared/domain/credential.ts';
import type { PermitId, PersonId } from '../../src/shared/domain/ids.ts';
import { PERSON, type Teller } from './history-teller.ts';

const FORMS = 12;
const WRITER = '4711';

/** Forms are handed out; one is void or keyed in: of two series, so that they meet again. */
export function onPaper(teller: Teller): void {
  const { rng } = teller;
  const number = 1 + rng.below(FORMS);
  const form = { series: rng.pick(['A', 'B']), number };
  const block = { series: form.series, from: number, to: number + rng.below(4) };
  const handed = { ...block, checkpoint: null, holder: WRITER, reason: teller.typed() };
  teller.emit({ kind: 'paper.handed-out', data: handed }, PERSON);
  if (rng.chance(0.3)) {
    teller.emit({ kind: 'paper.voided', data: { ...form, reason: teller.typed() } }, PERSON);
  } else keyIn(teller, form);
}

function keyIn(teller: Teller, form: { readonly series: string; readonly number: number }): void {
  const { rng, site } = teller;
  const lane = rng.pick(site.lanes);
  const line = site.checkpoints.find(({ id }) => id === lane.checkpoint)?.line ?? 'first';
  const paper = { ...form, writer: WRITER, reason: teller.typed() };
  teller.emit(
    {
      kind: 'crossing.recorded',
      data: {
        crossing: teller.nextId.crossing(),
        class: 'special-pass',
        credential: h10301(9, 9),
        timing: 'late',
        person: 'P-900' as PersonId,
        permit: 'SP-900' as PermitId,
        ...{ lane: lane.id, checkpoint: lane.checkpoint, from: lane.from, to: lane.to, line },
        ...{ direction: lane.direction, board: lane.board, index: 0, granted: true },
        ...{ permitStatus: null, entitled: true, movesPresence: false, reasons: [], paper },
        ...{ boardReason: 0, regimeVersion: teller.regimeVersion },
      },
      deviceAt: teller.atMs - rng.below(7_200_000),
    },
    PERSON,
  );
}
