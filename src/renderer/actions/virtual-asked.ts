import type {
  VirtualDeclaration,
  VirtualFiling,
} from '../../shared/contract/virtual-operations.ts';

/** What a person is asked to record of an area without gates. */
export type VirtualAsked = {
  readonly onDone: () => void;
} /** `of`: what the entity declared before; null where it is still to be said which. */ & (
  | { readonly act: 'virtual-declare'; readonly of: VirtualDeclaration | null }
  | {
      readonly act: 'filing-send';
      readonly of: Pick<VirtualDeclaration, 'area' | 'enterprise'> | null;
    }
  | { readonly act: 'filing-answer'; readonly filing: VirtualFiling }
);
