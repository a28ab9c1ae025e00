import { z } from 'zod';
import { MAX_CENTS } from '../lib/money.ts';
import { Credential } from './credential.ts';
import { EnterpriseTier } from './enterprise.ts';
import { ConsignmentId, EnterpriseId, ItemId, PermitId, VehicleId } from './ids.ts';
import { CONSIGNMENT_CLASSES, VEHICLE_CLASSES } from './line.ts';

export const VehicleClass = z.enum(VEHICLE_CLASSES);
export const ConsignmentClass = z.enum(CONSIGNMENT_CLASSES);

/** Whole cents of a currency that is named beside them. */
export const Cents = z.number().int().min(0).max(MAX_CENTS);
/** Whole units of what stands beside it: grams, pieces, millilitres. */
export const Quantity = z.number().int().min(1).max(1_000_000_000);
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'a currency of three letters, such as HKD');
export const HsCode = z.string().regex(/^\d{6,10}$/, 'an HS code of 6 to 10 digits');
export const Unit = z.string().regex(/^[a-z]{1,12}$/, 'a unit such as g, piece, ml');

/** A row of the `enterprises` dataset: who trades in the zone. */
export const Enterprise = z.object({
  enterprise: EnterpriseId,
  nameZh: z.string().max(80),
  nameEn: z.string().max(120),
  status: z.enum(['registered', 'suspended']),
  tier: EnterpriseTier,
  registeredFromMs: z.number().int(),
  /** Exclusive; null = until struck off. */
  registeredToMs: z.number().int().nullable(),
  /** Its registration number on either side: one of them at least. */
  homeNumber: z.string().max(40).nullable(),
  otherNumber: z.string().max(40).nullable(),
});
export type Enterprise = z.infer<typeof Enterprise>;

/** What the maker declares of a consignment's value: see `OriginInput`. */
const Origin = z.object({
  fobCents: Cents,
  labourCents: Cents,
  developmentCents: Cents,
  hongKongCents: Cents,
  mainlandCents: Cents,
  partnersCents: Cents,
  othersCents: Cents,
});

const Certificate = z.object({
  certificate: z.string().min(1).max(40),
  laboratory: z.string().min(1).max(80),
  isDesignated: z.boolean(),
  fromMs: z.number().int(),
  toMs: z.number().int(),
  isMadeInZone: z.boolean(),
});

/**
 * A row of the `consignments` dataset. The facts ask for eight items of road cargo and do not name
 * them; which eight they are is this project's choice: `description` to `unloadingPlace`.
 */
export const Consignment = z.object({
  consignment: ConsignmentId,
  enterprise: EnterpriseId.nullable(),
  class: ConsignmentClass,
  status: z.enum(['active', 'suspended']),
  declaration: z.string().max(40).nullable(),
  declarationStatus: z.enum(['filed', 'cleared', 'rejected']).nullable(),
  declarationUntilMs: z.number().int().nullable(),
  cargoReference: z.string().max(40).nullable(),
  description: z.string().min(1).max(200),
  packages: z.number().int().min(1).max(1_000_000),
  packageKind: z.string().min(1).max(40),
  weightGrams: z.number().int().min(1).max(1_000_000_000),
  consignor: z.string().min(1).max(120),
  consignee: z.string().min(1).max(120),
  loadingPlace: z.string().min(1).max(120),
  unloadingPlace: z.string().min(1).max(120),
  currency: Currency,
  importTax: z.enum(['deferral', 'combined-rate']).nullable(),
  taxPaid: z.object({ vatCents: Cents, consumptionTaxCents: Cents }).nullable(),
  origin: Origin.nullable(),
  certificate: Certificate.nullable(),
});
export type Consignment = z.infer<typeof Consignment>;

/** A row of the `consignment-lines` dataset: one kind of goods, or one thing that is followed. */
export const ConsignmentLine = z.object({
  consignment: ConsignmentId,
  line: z.number().int().min(1).max(200),
  hsCode: HsCode,
  quantity: Quantity,
  unit: Unit,
  valueCents: Cents,
  origin: z.string().regex(/^[A-Z]{2}$/, 'a country or region of two letters, such as HK'),
  /** The registration number of a mark, of either side. */
  marks: z.string().max(80).nullable(),
  /** Set where this thing is followed on its own. */
  item: ItemId.nullable(),
  sort: z
    .enum(['material', 'sample', 'half-finished', 'machine', 'instrument', 'data-medium'])
    .nullable(),
  mustNotStay: z.boolean(),
});
export type ConsignmentLine = z.infer<typeof ConsignmentLine>;

/** A row of the `vehicles` dataset. */
export const Vehicle = z.object({
  vehicle: VehicleId,
  plate: z.string().min(1).max(20),
  /** Its tag, read as a badge is. */
  credential: Credential,
  class: VehicleClass,
  status: z.enum(['active', 'suspended']),
  enterprise: EnterpriseId.nullable(),
  /** Its electronic lock, as both customs know it. */
  lock: z.string().max(40).nullable(),
});
export type Vehicle = z.infer<typeof Vehicle>;

/**
 * A row of the `slots` dataset: who drives what in which vehicle, and when. One vehicle may have
 * several at a time, each with a consignment; one without says that it goes empty.
 */
export const Slot = z.object({
  slot: z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'a slot: letters, digits and -'),
  vehicle: VehicleId,
  permit: PermitId,
  consignment: ConsignmentId.nullable(),
  fromMs: z.number().int(),
  toMs: z.number().int(),
});
export type Slot = z.infer<typeof Slot>;
