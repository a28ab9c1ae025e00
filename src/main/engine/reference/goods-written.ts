import type { GoodsDataset } from '../../../shared/domain/permit.ts';
import type { GoodsRows } from './goods-rows.ts';
import { type WrittenRow, writtenTime } from './text-forms.ts';

const number = (value: number | null) => (value === null ? null : String(value));
const yesNo = (value: boolean) => (value ? 'yes' : 'no');

function consignment(row: GoodsRows['consignments']): WrittenRow {
  const { certificate, declarationUntilMs, origin, taxPaid, ...rest } = row;
  const { packages, weightGrams } = rest;
  return {
    ...{ ...rest, packages: String(packages), weightGrams: String(weightGrams) },
    declarationUntil: writtenTime(declarationUntilMs),
    vatPaidCents: number(taxPaid?.vatCents ?? null),
    consumptionTaxPaidCents: number(taxPaid?.consumptionTaxCents ?? null),
    origin: origin === null ? null : partsOf(origin).join('|'),
    certificate: certificate?.certificate ?? null,
    laboratory: certificate?.laboratory ?? null,
    isDesignated: certificate === null ? null : yesNo(certificate.isDesignated),
    certificateFrom: writtenTime(certificate?.fromMs ?? null),
    certificateTo: writtenTime(certificate?.toMs ?? null),
    madeInZone: certificate === null ? null : yesNo(certificate.isMadeInZone),
  };
}

type Origin = NonNullable<GoodsRows['consignments']['origin']>;

function partsOf(origin: Origin): number[] {
  const { fobCents, labourCents, developmentCents, hongKongCents } = origin;
  const { mainlandCents, partnersCents, othersCents } = origin;
  const own = [fobCents, labourCents, developmentCents, hongKongCents];
  return [...own, mainlandCents, partnersCents, othersCents];
}

/** Rows of goods as their text form has them: what `goods-rows.ts` reads back as the same rows. */
export const goodsWritten: {
  readonly [N in GoodsDataset]: (row: GoodsRows[N]) => WrittenRow;
} = {
  enterprises: ({ registeredFromMs, registeredToMs, ...rest }) => ({
    ...rest,
    registeredFrom: writtenTime(registeredFromMs),
    registeredTo: writtenTime(registeredToMs),
  }),
  consignments: consignment,
  'consignment-lines': ({ line, quantity, valueCents, mustNotStay, ...rest }) => ({
    ...rest,
    ...{ line: String(line), quantity: String(quantity), valueCents: String(valueCents) },
    mustNotStay: yesNo(mustNotStay),
  }),
  vehicles: (row) => row,
  slots: ({ fromMs, toMs, ...rest }) => ({
    ...rest,
    from: writtenTime(fromMs),
    to: writtenTime(toMs),
  }),
};
