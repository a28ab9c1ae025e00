import type { GoodsDataset } from '../../shared/domain/permit.ts';
import { Draws, PURPOSE } from '../chance.ts';
import type { Badges } from '../people/badges.ts';
import { ENTERPRISES } from '../people/employers.ts';
import { permitId, personId } from '../people/holder.ts';
import { csvLine, dayText } from '../people/rows.ts';
import { dayStartMs } from '../plan/weekday.ts';
import type { PeopleDataset } from '../site/training-site.ts';
import {
  driverIndex,
  FREIGHT_DAYS,
  type Freight,
  isOther,
  type Trip,
  type TripWay,
  tagIndex,
  tripsOn,
} from './trips.ts';

/** The header row of each file of goods: the field names of the reference data's rows. */
export const GOODS_COLUMNS = {
  enterprises: [
    ...['enterprise', 'nameZh', 'nameEn', 'status', 'tier', 'registeredFrom', 'registeredTo'],
    ...['homeNumber', 'otherNumber'],
  ],
  consignments: [
    ...['consignment', 'enterprise', 'class', 'status', 'declaration', 'declarationStatus'],
    ...['declarationUntil', 'cargoReference', 'description', 'packages', 'packageKind'],
    ...['weightGrams', 'consignor', 'consignee', 'loadingPlace', 'unloadingPlace', 'currency'],
    ...['importTax', 'vatPaidCents', 'consumptionTaxPaidCents', 'origin', 'certificate'],
    ...['laboratory', 'isDesignated', 'certificateFrom', 'certificateTo', 'madeInZone'],
  ],
  'consignment-lines': [
    ...['consignment', 'line', 'hsCode', 'quantity', 'unit', 'valueCents', 'origin', 'marks'],
    ...['item', 'sort', 'mustNotStay'],
  ],
  vehicles: ['vehicle', 'plate', 'credential', 'class', 'status', 'enterprise', 'lock'],
  slots: ['slot', 'vehicle', 'permit', 'consignment', 'from', 'to'],
} as const satisfies Record<GoodsDataset, readonly string[]>;

/** What firms of the zone trade in, by HS code; the last two digits stand for the kind. */
const GOODS = [
  ['900190', 'optical parts', 'piece', 4500],
  ['854231', 'processors', 'piece', 12_000],
  ['300215', 'reagents', 'ml', 320],
  ['850760', 'battery cells', 'piece', 2600],
] as const;

/** A price in cents of which nine tenths are labour, development and the zone's own materials. */
const ORIGIN = '1000000|300000|250000|250000|100000|0|100000';
const LONG_BEFORE = -366;
const LONG_AFTER = 730;
const NOON = 12 * 60;

const number3 = (n: number) => String(n + 1).padStart(3, '0');
const vehicleId = (truck: number) => `TV-${number3(truck)}`;
const tripId = ({ day, truck, way }: Trip) => `${day}-${number3(truck)}-${way}`;

/** As an ISO text at Hong Kong time. */
function minuteText(day: number, minute: number): string {
  const local = new Date(dayStartMs(day) + (minute + 8 * 60) * 60_000).toISOString();
  return `${local.slice(0, 19)}+08:00`;
}

/** Firms of the zone, as the people's permits name them; every twentieth is suspended. */
function enterpriseRows(year: number): string {
  return Array.from({ length: ENTERPRISES }, (_, i) => {
    const id = `ent-${number3(i)}`;
    const status = i % 20 === 19 ? 'suspended' : 'registered';
    const names = [`訓練企業 ${i + 1}`, `Training Enterprise ${i + 1}`];
    const since = [dayText(year, LONG_BEFORE), '', `HK-${id}`, `SZ-${id}`];
    return csvLine([id, ...names, status, 'authorised', ...since]);
  }).join('');
}

function vehicleRow(freight: Freight, badges: Badges, truck: number): string {
  const of = isOther(truck) ? 'other' : 'registered';
  const tag = badges.badge(tagIndex(freight, truck));
  const plate = `粵Z${String(1000 + truck)}港`;
  return csvLine([vehicleId(truck), plate, tag, of, 'active', '', `LOCK-${number3(truck)}`]);
}

const PLACES: Readonly<Record<TripWay, readonly [string, string]>> = {
  in: ['Shenzhen Futian', 'Loop Park'],
  out: ['Loop Park', 'Shenzhen Futian'],
};

/** One consignment with its line and its time slot: half a day, so that the ways do not meet. */
function tripRows(freight: Freight, trip: Trip): Pick<GoodsText, TripDataset> {
  const { class: of, day, truck, way } = trip;
  const draws = new Draws(freight.seed, PURPOSE.freight, truck, day * 2 + (way === 'in' ? 0 : 1));
  const [hsCode, what, unit, price] = draws.pick(GOODS);
  const quantity = 10 + draws.below(200);
  const id = `TC-${tripId(trip)}`;
  const enterprise = `ent-${number3(draws.below(ENTERPRISES))}`;
  const isOwn = of === 'zone-origin';
  const road = ['Training Works', 'Training Partner', ...PLACES[way]];
  const cargo = [what, '4', 'box', String(100_000 + quantity * 100), ...road, 'HKD'];
  const tax = [isOwn ? 'deferral' : '', '', '', isOwn ? ORIGIN : ''];
  const certificate = ['', '', '', '', '', ''];
  const followed = of === 'research' ? [`TI-${tripId(trip)}`, 'sample', 'yes'] : ['', '', 'no'];
  const goods = [hsCode, String(quantity), unit, String(quantity * price), 'HK', ''];
  const hours = way === 'in' ? [0, NOON] : [NOON, 2 * NOON];
  const slot = hours.map((minute) => minuteText(day, minute));
  return {
    consignments: csvLine([
      ...[id, enterprise, of, 'active', '', '', '', `CCRN-${tripId(trip)}`],
      ...[...cargo, ...tax, ...certificate],
    ]),
    'consignment-lines': csvLine([id, '1', ...goods, ...followed]),
    slots: csvLine([
      ...[`TS-${tripId(trip)}`, vehicleId(truck), permitId(driverIndex(freight, truck)), id],
      ...slot,
    ]),
  };
}

type TripDataset = 'consignments' | 'consignment-lines' | 'slots';
export type GoodsText = Record<GoodsDataset, string>;

/** The whole text of each file of goods, its header first. */
export function goodsText(freight: Freight, badges: Badges, year: number): GoodsText {
  const text: GoodsText = {
    enterprises: csvLine(GOODS_COLUMNS.enterprises) + enterpriseRows(year),
    consignments: csvLine(GOODS_COLUMNS.consignments),
    'consignment-lines': csvLine(GOODS_COLUMNS['consignment-lines']),
    vehicles: csvLine(GOODS_COLUMNS.vehicles),
    slots: csvLine(GOODS_COLUMNS.slots),
  };
  for (let truck = 0; truck < freight.trucks; truck += 1) {
    text.vehicles += vehicleRow(freight, badges, truck);
  }
  for (let day = freight.fromDay; day < freight.fromDay + FREIGHT_DAYS; day += 1) {
    for (const trip of tripsOn(freight, day)) {
      const rows = tripRows(freight, trip);
      for (const name of ['consignments', 'consignment-lines', 'slots'] as const) {
        text[name] += rows[name];
      }
    }
  }
  return text;
}

/** What the drivers add to the files of people: residents with clearance at both lines. */
export function driverText(
  freight: Freight,
  badges: Badges,
  year: number,
): Record<PeopleDataset, string> {
  const text = { permits: '', persons: '', 'watch-list': '', clearances: '' };
  const [from, to] = [dayText(year, LONG_BEFORE), dayText(year, LONG_AFTER)];
  for (let truck = 0; truck < freight.trucks; truck += 1) {
    const index = driverIndex(freight, truck);
    const [permit, person] = [permitId(index), personId(index)];
    const papers = [from, to, 'loop', '00:00-24:00', '', from, ''];
    const badge = badges.badge(index);
    text.permits += csvLine([permit, person, badge, 'hk-resident', 'active', ...papers]);
    const names = [`司機 ${truck + 1}`, `Driver ${truck + 1}`];
    text.persons += csvLine([person, ...names, 'Training Haulage', `D${number3(truck)}`]);
    for (const line of ['first', 'second']) text.clearances += csvLine([person, line, from, to]);
  }
  return text;
}
