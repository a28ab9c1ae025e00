import { h10301 } from '../../src/shared/domain/credential.ts';
import type { PermitId, PersonId } from '../../src/shared/domain/ids.ts';
import { PERSON, type Teller } from './history-teller.ts';

const FORMS = 12;

/** Forms are handed out, keyed in as crossings, or void: of one series, so that they meet. */
export function onPaper(teller: Teller): void {
  const { rng, site } = teller;
  const number = 1 + rng.below(FORMS);
  const series = rng.pick(['A', 'B']);
  const reason = teller.typed();
  const roll = rng.below(3);
  if (roll === 0) {
    const block = { series, from: number, to: number + rng.below(4), checkpoint: null };
    teller.emit({ kind: 'paper.handed-out', data: { ...block, holder: '4711', reason } }, PERSON);
  } else if (roll === 1) {
    teller.emit({ kind: 'paper.voided', data: { series, number, reason } }, PERSON);
  } else {
    const lane = rng.pick(site.lanes);
    const { line } = site.checkpoints.find(({ id }) => id === lane.checkpoint) ?? { line: 'first' };
    const where = { lane: lane.id, checkpoint: lane.checkpoint, from: lane.from, to: lane.to };
    const said = { permitStatus: null, entitled: true, movesPresence: false, reasons: [] };
    teller.emit(
      {
        kind: 'crossing.recorded',
        data: {
          ...{ ...where, ...said, line, direction: lane.direction, board: lane.board, index: 0 },
          ...{ crossing: teller.nextId.crossing(), granted: true, boardReason: 0 },
          ...{ person: 'P-900' as PersonId, permit: 'SP-900' as PermitId },
          ...{ class: 'special-pass', credential: h10301(9, 9), timing: 'late' },
          regimeVersion: teller.regimeVersion,
          paper: { series, number, writer: '4711', reason },
        },
        deviceAt: teller.atMs - rng.below(7_200_000),
      },
      PERSON,
    );
  }
}
