import type {
  VirtualDeclaration,
  VirtualFiling,
} from '../../shared/contract/virtual-operations.ts';

/** Of which entity; null where it is still to be said. */
type Entity = Pick<VirtualDeclaration, 'area' | 'enterprise'>;

/** What a person is asked to record of an area without gates; `of`: by what was declared before. */
export type VirtualAsked = { readonly onDone: () => void } & (
  | { readonly act: 'virtual-declare'; readonly of: VirtualDeclaration | null }
  | { readonly act: 'filing-send'; readonly of: Entity | null }
  | { readonly act: 'filing-answer'; readonly filing: VirtualFiling }
);
