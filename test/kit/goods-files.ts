import type { GoodsDataset } from '../../src/shared/domain/permit.ts';

const FROM = '2026-01-01T00:00+08:00';
const AHEAD = '2099-01-01T00:00+08:00';

const HEADERS: Readonly<Record<GoodsDataset, string>> = {
  enterprises:
    'enterprise,nameZh,nameEn,status,tier,registeredFrom,registeredTo,homeNumber,otherNumber',
  consignments: [
    'consignment,enterprise,class,status,declaration,declarationStatus,declarationUntil',
    'cargoReference,description,packages,packageKind,weightGrams,consignor,consignee',
    'loadingPlace,unloadingPlace,currency,importTax,vatPaidCents,consumptionTaxPaidCents,origin',
    'certificate,laboratory,isDesignated,certificateFrom,certificateTo,madeInZone',
  ].join(','),
  'consignment-lines':
    'consignment,line,hsCode,quantity,unit,valueCents,origin,marks,item,sort,mustNotStay',
  vehicles: 'vehicle,plate,credential,class,status,enterprise,lock',
  slots: 'slot,vehicle,permit,consignment,from,to',
};

/** A dataset's text: its header and the rows as they stand. */
export function goodsCsv(dataset: GoodsDataset, rows: readonly string[]): string {
  return [HEADERS[dataset], ...rows, ''].join('\n');
}

/** An authorised enterprise of the zone. */
export function enterpriseRow(id: string, more: { status?: string; tier?: string } = {}): string {
  const { status = 'registered', tier = 'authorised' } = more;
  return `${id},河套精工,Hetao Works,${status},${tier},${FROM},,HK-${id},`;
}

interface ConsignmentWanted {
  readonly class?: string;
  readonly enterprise?: string;
  /** filed, cleared or rejected; none where left out. */
  readonly declared?: string;
  readonly origin?: string;
  readonly importTax?: 'deferral' | 'combined-rate';
  /** Value added and consumption tax paid at home, in cents. */
  readonly taxPaid?: readonly [number, number];
  /** Until when its certificate is valid; none where left out. */
  readonly certificateTo?: string;
}

export function consignmentRow(id: string, wanted: ConsignmentWanted = {}): string {
  const { class: of = 'registered-enterprise', enterprise = 'E-1', declared } = wanted;
  const declaration = declared === undefined ? ',,' : `D-${id},${declared},${AHEAD}`;
  const what = 'optical parts,4,box,120000,Hetao Works,Shenzhen Optics,San Tin,Futian';
  const { importTax = '', taxPaid = ['', ''], origin = '', certificateTo } = wanted;
  const tax = `HKD,${importTax},${taxPaid.join(',')}`;
  const own = `${id},${enterprise},${of},active,${declaration},CCRN-${id},${what},${tax}`;
  const laboratory = `CERT-${id},HKAS 012,yes,${FROM}`;
  const papers = certificateTo === undefined ? ',,,,,' : `${laboratory},${certificateTo},yes`;
  return `${own},${origin},${papers}`;
}

export function lineRow(
  consignment: string,
  line: number,
  quantity: number,
  item = '',
  marks = '',
): string {
  const followed = item === '' ? ',,no' : `${item},sample,yes`;
  const goods = `900190,${quantity},piece,${quantity * 100},HK`;
  return `${consignment},${line},${goods},${marks},${followed}`;
}

/** Vehicle n has the tag h10301/9/n, as a board reports 26 bits. */
export function vehicleRow(n: number, of = 'registered', status = 'active'): string {
  return `V-${n},粵Z${n}港,h10301/9/${n},${of},${status},E-1,LOCK-${n}`;
}

/** Holder n drives vehicle n. */
export function slotRow(n: number, consignment: string, id = `S-${n}`): string {
  return `${id},V-${n},SP-${n},${consignment},${FROM},${AHEAD}`;
}
