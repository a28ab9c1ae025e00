import type {
  AuditRow,
  BalanceRow,
  ConsignmentDetail,
  CustodyAtEnd,
  CustodyRow,
  DeferralRow,
  EnterpriseRow,
  VehicleSteps,
} from '../../../src/shared/contract/goods-rows.ts';
import type { QueryInput, QueryName, QueryOutput } from '../../../src/shared/contract/queries.ts';
import type {
  ConsignmentId,
  EnterpriseId,
  ItemId,
  VehicleId,
} from '../../../src/shared/domain/ids.ts';
import type { Site } from '../../../src/shared/domain/site.ts';
import { taxOf } from '../../../src/shared/lib/money.ts';
import { seededRng } from '../../../src/shared/lib/rng.ts';
import { auditDraw } from '../../../src/shared/regime/audit-draw.ts';
import { made } from './zone.ts';

const DAY_MS = 86_400_000;
const REGIME = { regime: 'cma-buffer-zone', regimeVersion: 1, seed: '2026-11 LegCo seed 4471' };
const TIERS = ['ordinary', 'authorised', 'advanced', 'authorised'] as const;
const NAMES = [
  ['河套精密儀器有限公司', 'Hetao Precision Instruments Ltd'],
  ['深港生物科技研究院', 'Shenzhen-Hong Kong Biotechnology Institute'],
  ['北環機械人有限公司', 'Northern Link Robotics Ltd'],
  ['新田半導體有限公司', 'San Tin Semiconductor Ltd'],
] as const;

/** Half of the price is Hong Kong's own: met by building up. */
const ORIGIN = {
  ...{ fobCents: 8_640_000, labourCents: 1_210_000, developmentCents: 864_000 },
  ...{ hongKongCents: 1_450_000, mainlandCents: 1_980_000, partnersCents: 310_000 },
  othersCents: 1_105_000,
};

const enterpriseId = (n: number) => `ENT-${String(n).padStart(4, '0')}` as EnterpriseId;
const consignmentId = (n: number) => `CN-2611${String(n).padStart(3, '0')}` as ConsignmentId;

export function fakeEnterprises(nowMs: number): EnterpriseRow[] {
  return Array.from({ length: 36 }, (_, n) => {
    const [nameZh, nameEn] = NAMES[n % NAMES.length] ?? NAMES[0];
    const isBelow = n === 5;
    return {
      enterprise: enterpriseId(n + 1),
      ...{ nameZh: `${nameZh}（${n + 1}）`, nameEn: `${nameEn} ${n + 1}`, isBelow },
      status: n % 12 === 11 ? ('suspended' as const) : ('registered' as const),
      tier: TIERS[n % TIERS.length] ?? 'ordinary',
      suspendedHere: n === 7,
      registeredFromMs: nowMs - (n + 40) * 9 * DAY_MS,
      registeredToMs: n % 5 === 0 ? nowMs + 200 * DAY_MS : null,
      homeNumber: `HK-${60_000_000 + n * 77}`,
      otherNumber: n % 3 === 0 ? `91440300MA5F${n + 100}` : null,
      openKinds: n % 4,
      openCustody: n % 3,
      openAudits: n % 6 === 0 ? 1 : 0,
      openDeferrals: n % 5 === 0 ? 2 : 0,
      overdueDeferrals: n === 10 ? 1 : 0,
    };
  });
}

function balances(enterprise: EnterpriseId): BalanceRow[] {
  const row = (
    hsCode: string,
    unit: string,
    [cameIn = 0, wentOut = 0, used = 0, destroyed = 0],
  ) => ({
    ...{ enterprise, hsCode, unit, cameIn, wentOut, used, destroyed },
    rest: cameIn - wentOut - used - destroyed,
  });
  return [
    row('854231', 'piece', [0, 40, 0, 0]),
    row('900190', 'piece', [1_240, 600, 410, 6]),
    row('300215', 'ml', [88_000, 0, 61_500, 2_000]),
  ];
}

export function fakeCustody(nowMs: number): CustodyRow[] {
  return Array.from({ length: 14 }, (_, n) => ({
    consignment: consignmentId(n + 1),
    item: `IT-${900 + n}` as ItemId,
    enterprise: enterpriseId((n % 6) + 1),
    step: (['in', 'in', 'transported', 'declared'] as const)[n % 4] ?? 'in',
    sinceMs: nowMs - (14 - n) * 29 * 3_600_000,
  }));
}

export function fakeCustodyAtEnd(nowMs: number): CustodyAtEnd {
  const rows = fakeCustody(nowMs).slice(0, 6);
  return { open: rows.length, rows };
}

function deferrals(nowMs: number): DeferralRow[] {
  return Array.from({ length: 9 }, (_, n) => {
    const valueCents = 1_250_000 + n * 333_333;
    const soldCents = Math.floor((valueCents * n) / 10);
    return {
      crossing: made('X', 120_000 + n),
      consignment: consignmentId(n + 20),
      enterprise: enterpriseId((n % 6) + 1),
      ...{ currency: 'HKD', valueCents, soldCents, vatCents: taxOf(valueCents, 13) },
      closedCents: Math.floor((taxOf(valueCents, 13) * n) / 10),
      overdueFromMs: nowMs + (n - 1) * 17 * DAY_MS,
      closedMs: null,
    };
  });
}

function audits(nowMs: number): AuditRow[] {
  return Array.from({ length: 60 }, (_, n) => {
    const crossing = made('X', 170_000 - n * 13);
    const draw = auditDraw({ ...REGIME, crossing }, 5);
    const isDone = draw.isDrawn && n > 20;
    return {
      ...{ crossing, consignment: consignmentId(n + 1), enterprise: enterpriseId((n % 6) + 1) },
      ...{ ...REGIME, rateHundredths: 500, number: draw.number, isDrawn: draw.isDrawn },
      isVoid: n === 8,
      byMs: nowMs + (5 - n) * DAY_MS,
      doneMs: isDone ? nowMs - n * DAY_MS : null,
      result: isDone ? ('in-order' as const) : null,
    };
  });
}

function vehicles(site: Site, nowMs: number): VehicleSteps[] {
  const rng = seededRng('vehicles');
  return Array.from({ length: 40 }, (_, n) => {
    const isUnderWay = n === 0;
    const pairingMs = 2_000 + rng.below(9_000);
    const decidingMs = n % 9 === 4 ? 96_000 : rng.below(400);
    const openingMs = 900 + rng.below(2_000);
    const passingMs = isUnderWay ? null : 14_000 + rng.below(30_000);
    const wholeMs = passingMs === null ? null : pairingMs + decidingMs + openingMs + passingMs;
    return {
      crossing: made('X', 181_000 - n * 7),
      lane: rng.pick(site.lanes).id,
      vehicle: `TV-${String(n + 1).padStart(3, '0')}` as VehicleId,
      consignments: n % 4 === 3 ? [] : [consignmentId(n + 1)],
      state: isUnderWay ? 'opened' : 'passed',
      askedMs: nowMs - (n + 1) * 240_000,
      ...{ pairingMs, decidingMs, openingMs, passingMs, wholeMs },
      isSlow: (wholeMs ?? 0) > 100_000,
    };
  });
}

function consignment(id: ConsignmentId, nowMs: number, site: Site): ConsignmentDetail {
  const crossing = made('X', 120_004);
  const of = { crossing, consignment: id, currency: 'HKD', atMs: nowMs - DAY_MS };
  const line = { consignment: id, hsCode: '900190', unit: 'piece', origin: 'HK', custody: null };
  return {
    consignment: {
      ...{ consignment: id, enterprise: enterpriseId(1), class: 'zone-origin', status: 'active' },
      ...{ declaration: 'D-882041', declarationStatus: 'cleared', declarationUntilMs: null },
      ...{ cargoReference: `CCRN${id}`, description: 'optical lenses', packages: 12 },
      ...{ packageKind: 'carton', weightGrams: 184_000, consignor: 'Hetao Precision Ltd' },
      ...{ consignee: 'Futian Optics Co', loadingPlace: 'Loop Park', unloadingPlace: 'Futian' },
      ...{ currency: 'HKD', importTax: 'combined-rate', origin: ORIGIN },
      certificate: {
        ...{ certificate: 'HKAS-2026-118', laboratory: 'STC Tai Po', isDesignated: true },
        ...{ fromMs: nowMs - 90 * DAY_MS, toMs: nowMs + 275 * DAY_MS, isMadeInZone: true },
      },
      taxPaid: { vatCents: 132_000, consumptionTaxCents: 0 },
    },
    lines: [
      { ...line, line: 1, quantity: 400, valueCents: 8_000_000, marks: 'HK 301 234 567' },
      { ...line, line: 2, quantity: 2, valueCents: 640_000, marks: 'CN 4471882' },
    ].map((row, n) => ({
      ...row,
      ...(n === 0
        ? { item: null, sort: null, mustNotStay: false }
        : { item: 'IT-901' as ItemId, sort: 'instrument' as const, mustNotStay: true }),
      custody: n === 0 ? null : ('in' as const),
    })),
    passages: [
      {
        ...{ crossing, line: 'first' as const, direction: 'out' as const, atMs: nowMs - DAY_MS },
        ...{ vehicle: 'TV-001' as VehicleId, lane: site.lanes[0]?.id ?? null },
      },
    ],
    refunds: [{ ...of, vatCents: 132_000, consumptionTaxCents: null }],
    importTaxes: [
      { ...of, valueCents: 8_640_000, rateHundredths: 910, taxCents: taxOf(8_640_000, 9.1) },
    ],
    exempted: [{ ...of, certificate: 'HKAS-2026-118', laboratory: 'STC Tai Po' }],
  };
}

function pageOf<R>(rows: R[], idOf: (row: R) => string, after: string | undefined, limit: number) {
  const from = after === undefined ? 0 : rows.findIndex((row) => idOf(row) === after) + 1;
  return { rows: rows.slice(from, from + limit), more: rows.length > from + limit, reached: null };
}

/** The fake zone's answers on goods; null where the query is about something else. */
export function answerGoods(
  site: Site,
  nowMs: number,
  name: QueryName,
  input: QueryInput<QueryName>,
): unknown {
  switch (name) {
    case 'goods.overview':
      return {
        balances: balances(enterpriseId(1)),
        custody: fakeCustody(nowMs),
        audits: audits(nowMs).filter(({ isDrawn, doneMs }) => isDrawn && doneMs === null),
        deferrals: deferrals(nowMs),
        vehicles: vehicles(site, nowMs),
      } satisfies QueryOutput<'goods.overview'>;
    case 'goods.enterprises': {
      const { text, status, after, limit } = input as QueryInput<'goods.enterprises'>;
      const found = fakeEnterprises(nowMs).filter((row) => {
        const isOf = status === 'any' || status === 'open' || row.status === status;
        return isOf && `${row.enterprise} ${row.nameZh} ${row.nameEn}`.includes(text);
      });
      return pageOf(found, (row) => row.enterprise, after, limit);
    }
    case 'goods.enterprise': {
      const { enterprise } = input as QueryInput<'goods.enterprise'>;
      const { refunds, importTaxes, exempted } = consignment(consignmentId(4), nowMs, site);
      return {
        row: fakeEnterprises(nowMs).find((row) => row.enterprise === enterprise) ?? null,
        balances: balances(enterprise),
        custody: fakeCustody(nowMs).slice(0, 3),
        deferrals: deferrals(nowMs).slice(0, 4),
        ...{ refunds, importTaxes, exempted },
      } satisfies QueryOutput<'goods.enterprise'>;
    }
    case 'goods.consignments': {
      const { text, after, limit } = input as QueryInput<'goods.consignments'>;
      const found = Array.from({ length: 80 }, (_, n) => {
        return consignment(consignmentId(n + 1), nowMs, site).consignment;
      }).filter((row) => row.consignment.includes(text));
      return pageOf(found, (row) => row.consignment, after, limit);
    }
    case 'goods.consignment':
      return consignment((input as QueryInput<'goods.consignment'>).consignment, nowMs, site);
    case 'goods.audits': {
      const { state, after, limit } = input as QueryInput<'goods.audits'>;
      const found = audits(nowMs).filter(({ isDrawn, doneMs }) => {
        return state === 'all' || (isDrawn && (state === 'drawn' || doneMs === null));
      });
      return pageOf(found, (row) => `${row.crossing} ${row.consignment}`, after, limit);
    }
    default:
      return null;
  }
}
