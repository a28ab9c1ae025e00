import type { PersonClass } from '../../shared/domain/line.ts';

/** The classes of the training zone's people, with their number in every 200 holders. */
const SHARES = [
  ['special-pass', 128],
  ['hk-resident', 46],
  ['mainland-visitor', 12],
  ['other-visitor', 5],
  ['official', 3],
  ['escorted-visitor', 6],
] as const satisfies readonly (readonly [PersonClass, number])[];

export type HolderClass = (typeof SHARES)[number][0];
export const HOLDER_CLASSES: readonly HolderClass[] = SHARES.map(([name]) => name);

/** Holders come in blocks, so that a visitor's escort is found without a table of everybody. */
export const BLOCK = 200;
/** Coprime with the block, so that even a dozen people are a mixed lot. */
const STRIDE = 77;

/** Where a holder stands in the block's list of classes, 0 to 199. */
export function slotOf(index: number): number {
  return ((index % BLOCK) * STRIDE) % BLOCK;
}

const CLASS_BY_SLOT: readonly HolderClass[] = SHARES.flatMap(([name, count]) =>
  Array.from({ length: count }, () => name),
);

export function classOfSlot(slot: number): HolderClass {
  return CLASS_BY_SLOT[slot] ?? 'special-pass';
}

/** Of all holders, 0 to 1. */
export function shareOf(holderClass: HolderClass): number {
  return (SHARES.find(([name]) => name === holderClass)?.[1] ?? 0) / BLOCK;
}

const INDEX_BY_SLOT = ((): readonly number[] => {
  const table = new Array<number>(BLOCK).fill(0);
  for (let i = 0; i < BLOCK; i += 1) table[slotOf(i)] = i;
  return table;
})();
const FIRST_OFFICIAL = CLASS_BY_SLOT.indexOf('official');
const OFFICIALS = CLASS_BY_SLOT.filter((name) => name === 'official').length;
const FIRST_VISITOR = CLASS_BY_SLOT.indexOf('escorted-visitor');
const VISITORS = CLASS_BY_SLOT.length - FIRST_VISITOR;

/** The official who goes with an escorted visitor: one of the same block. */
export function escortOf(visitorIndex: number): number {
  const visitor = slotOf(visitorIndex) - FIRST_VISITOR;
  const block = visitorIndex - (visitorIndex % BLOCK);
  return block + (INDEX_BY_SLOT[FIRST_OFFICIAL + (visitor % OFFICIALS)] ?? 0);
}

/** The visitors whom an official escorts. */
export function escortedBy(officialIndex: number): readonly number[] {
  const official = slotOf(officialIndex) - FIRST_OFFICIAL;
  const block = officialIndex - (officialIndex % BLOCK);
  const visitors: number[] = [];
  for (let i = official; i < VISITORS; i += OFFICIALS) {
    visitors.push(block + (INDEX_BY_SLOT[FIRST_VISITOR + i] ?? 0));
  }
  return visitors;
}
