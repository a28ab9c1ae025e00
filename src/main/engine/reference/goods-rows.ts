import { z } from 'zod';
import {
  Consignment,
  ConsignmentLine,
  Enterprise,
  Slot,
  Vehicle,
} from '../../../shared/domain/goods.ts';
import type { GoodsDataset } from '../../../shared/domain/permit.ts';
import { BACKWARDS, orNull, when } from './text-forms.ts';

export interface GoodsRows {
  enterprises: Enterprise;
  consignments: Consignment;
  'consignment-lines': ConsignmentLine;
  vehicles: Vehicle;
  slots: Slot;
}

const WHOLE = /^(0|[1-9]\d{0,14})$/;

const NOT_WHOLE = 'a whole number, without signs or points';

/** A whole number, as CSV's text or as JSON has it. */
export const whole = z.preprocess(
  (value) => (typeof value === 'string' && WHOLE.test(value) ? Number(value) : value),
  z.number(NOT_WHOLE).int(NOT_WHOLE),
);
const yesNo = z.enum(['yes', 'no']).transform((text) => text === 'yes');
const text = z.string();
const textOrNull = orNull(z.string());

const ORIGIN_PARTS = 7;
const ORIGIN = 'seven amounts in cents: price|labour|development|home|mainland|partners|others';

const origin = orNull(
  z.string().transform((written, context) => {
    const parts = written.split('|');
    if (parts.length === ORIGIN_PARTS && parts.every((part) => WHOLE.test(part))) {
      const [fobCents, labourCents, developmentCents, hongKongCents, ...rest] = parts.map(Number);
      const [mainlandCents, partnersCents, othersCents] = rest;
      const own = { fobCents, labourCents, developmentCents, hongKongCents };
      return { ...own, mainlandCents, partnersCents, othersCents };
    }
    context.addIssue({ code: 'custom', message: ORIGIN });
    return z.NEVER;
  }),
);

const enterprise = z
  .object({
    ...{ enterprise: text, nameZh: text, nameEn: text, status: text, tier: text },
    ...{ registeredFrom: when, registeredTo: orNull(when) },
    ...{ homeNumber: textOrNull, otherNumber: textOrNull },
  })
  .transform(({ registeredFrom, registeredTo, ...rest }) => ({
    ...rest,
    registeredFromMs: registeredFrom,
    registeredToMs: registeredTo,
  }))
  .pipe(Enterprise)
  .refine((row) => row.registeredToMs === null || row.registeredFromMs < row.registeredToMs, {
    path: ['registeredTo'],
    message: BACKWARDS,
  })
  .refine((row) => row.homeNumber !== null || row.otherNumber !== null, {
    path: ['homeNumber'],
    message: 'a registration number of either side: homeNumber or otherNumber',
  });

const CERTIFICATE = 'a certificate needs laboratory, certificateFrom and certificateTo';

const consignment = z
  .object({
    ...{ consignment: text, enterprise: textOrNull, class: text, status: text },
    ...{ declaration: textOrNull, declarationStatus: textOrNull, cargoReference: textOrNull },
    ...{ declarationUntil: orNull(when), description: text, packages: whole, packageKind: text },
    ...{ weightGrams: whole, consignor: text, consignee: text, loadingPlace: text },
    ...{ unloadingPlace: text, currency: text, importTax: textOrNull },
    ...{ vatPaidCents: orNull(whole), consumptionTaxPaidCents: orNull(whole), origin },
    ...{ certificate: textOrNull, laboratory: textOrNull, isDesignated: orNull(yesNo) },
    ...{ certificateFrom: orNull(when), certificateTo: orNull(when), madeInZone: orNull(yesNo) },
  })
  .transform((row, context) => {
    const { declarationUntil, vatPaidCents, consumptionTaxPaidCents, ...others } = row;
    const { certificate: id, laboratory, isDesignated, certificateFrom, ...more } = others;
    const { certificateTo, madeInZone, ...rest } = more;
    const isWhole = laboratory !== null && certificateFrom !== null && certificateTo !== null;
    if (id !== null && !isWhole) {
      context.addIssue({ code: 'custom', message: CERTIFICATE, path: ['certificate'] });
      return z.NEVER;
    }
    const span = { fromMs: certificateFrom, toMs: certificateTo };
    const flags = { isDesignated: isDesignated === true, isMadeInZone: madeInZone === true };
    const certificate = id === null ? null : { certificate: id, laboratory, ...span, ...flags };
    const isTaxed = vatPaidCents !== null || consumptionTaxPaidCents !== null;
    const vatCents = vatPaidCents ?? 0;
    const taxPaid = isTaxed
      ? { vatCents, consumptionTaxCents: consumptionTaxPaidCents ?? 0 }
      : null;
    return { ...rest, declarationUntilMs: declarationUntil, taxPaid, certificate };
  })
  .pipe(Consignment)
  .refine((row) => row.declaration !== null || row.cargoReference !== null, {
    path: ['declaration'],
    message: 'a declaration or a cargo reference',
  })
  .refine((row) => (row.declaration === null) === (row.declarationStatus === null), {
    path: ['declarationStatus'],
    message: 'a declaration has a status, and only a declaration has one',
  });

const line = z
  .object({
    ...{ consignment: text, line: whole, hsCode: text, quantity: whole, unit: text },
    ...{ valueCents: whole, origin: text, marks: textOrNull, item: textOrNull, sort: textOrNull },
    mustNotStay: yesNo,
  })
  .pipe(ConsignmentLine)
  .refine((row) => (row.item === null) === (row.sort === null), {
    path: ['item'],
    message: 'a thing that is followed has an item and a sort, all else neither',
  })
  .refine((row) => !row.mustNotStay || row.item !== null, {
    path: ['mustNotStay'],
    message: 'what must not stay is followed: give it an item and a sort',
  });

const vehicle = z
  .object({
    ...{ vehicle: text, plate: text, credential: text, class: text, status: text },
    ...{ enterprise: textOrNull, lock: textOrNull },
  })
  .pipe(Vehicle);

const slot = z
  .object({
    ...{ slot: text, vehicle: text, permit: text, consignment: textOrNull, from: when, to: when },
  })
  .transform(({ from, to, ...rest }) => ({ ...rest, fromMs: from, toMs: to }))
  .pipe(Slot)
  .refine((row) => row.fromMs < row.toMs, { path: ['to'], message: BACKWARDS });

const form = <N extends GoodsDataset>(
  columns: readonly string[],
  row: z.ZodType<GoodsRows[N]>,
  key: (row: GoodsRows[N]) => string,
) => ({ columns, row, key });

/** Text form of the goods' datasets: see `rows.ts`. */
export const goodsForms = {
  enterprises: form<'enterprises'>(
    [
      ...['enterprise', 'nameZh', 'nameEn', 'status', 'tier', 'registeredFrom', 'registeredTo'],
      ...['homeNumber', 'otherNumber'],
    ],
    enterprise,
    (row) => row.enterprise,
  ),
  consignments: form<'consignments'>(
    [
      ...['consignment', 'enterprise', 'class', 'status', 'declaration', 'declarationStatus'],
      ...['declarationUntil', 'cargoReference', 'description', 'packages', 'packageKind'],
      ...['weightGrams', 'consignor', 'consignee', 'loadingPlace', 'unloadingPlace', 'currency'],
      ...['importTax', 'vatPaidCents', 'consumptionTaxPaidCents', 'origin', 'certificate'],
      ...['laboratory', 'isDesignated', 'certificateFrom', 'certificateTo', 'madeInZone'],
    ],
    consignment,
    (row) => row.consignment,
  ),
  'consignment-lines': form<'consignment-lines'>(
    [
      ...['consignment', 'line', 'hsCode', 'quantity', 'unit', 'valueCents', 'origin', 'marks'],
      ...['item', 'sort', 'mustNotStay'],
    ],
    line,
    (row) => `${row.consignment} ${row.line}`,
  ),
  vehicles: form<'vehicles'>(
    ['vehicle', 'plate', 'credential', 'class', 'status', 'enterprise', 'lock'],
    vehicle,
    (row) => row.vehicle,
  ),
  slots: form<'slots'>(
    ['slot', 'vehicle', 'permit', 'consignment', 'from', 'to'],
    slot,
    (row) => row.slot,
  ),
} as const;
