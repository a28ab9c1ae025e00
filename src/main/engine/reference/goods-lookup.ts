import type {
  Consignment,
  ConsignmentLine,
  Enterprise,
  Slot,
  Vehicle,
} from '../../../shared/domain/goods.ts';
import type { GoodsDataset } from '../../../shared/domain/permit.ts';
import type { ReadableDb } from '../store/database.ts';

/** The version of each dataset in force; none is 0. */
type InForce = Readonly<Partial<Record<GoodsDataset, number>>>;

const IN_FORCE = 'from_version <= ? AND (to_version IS NULL OR to_version > ?)';
const MOST_LINES = 200;
/** Slots of one vehicle at one time: consignments that it carries. */
const MOST_SLOTS = 16;

/** Reads of goods and vehicles as of the versions in force. */
export class GoodsLookup {
  readonly #enterprise;
  readonly #consignment;
  readonly #lines;
  readonly #vehicle;
  readonly #byTag;
  readonly #slots;
  readonly #enterprisesAfter;
  readonly #consignmentsAfter;

  constructor(db: ReadableDb) {
    type Body = { body: string };
    const one = (table: string, by: string) =>
      db.query<[string, number, number], Body>(
        `SELECT body FROM ${table} WHERE ${by} = ? AND ${IN_FORCE} LIMIT 1`,
      );
    this.#enterprise = one('enterprise', 'enterprise');
    this.#consignment = one('consignment', 'consignment');
    this.#vehicle = one('vehicle', 'vehicle');
    this.#byTag = one('vehicle', 'credential');
    const after = (table: string, by: string) =>
      db.query<[string, number, number, number], Body>(
        `SELECT body FROM ${table} WHERE ${by} > ? AND ${IN_FORCE} ORDER BY ${by} LIMIT ?`,
      );
    this.#enterprisesAfter = after('enterprise', 'enterprise');
    this.#consignmentsAfter = after('consignment', 'consignment');
    this.#lines = db.query<[string, number, number], Body>(
      `SELECT body FROM consignment_line WHERE consignment = ? AND ${IN_FORCE}
       ORDER BY line LIMIT ${MOST_LINES}`,
    );
    this.#slots = db.query<[string, number, number, number, number], Body>(
      `SELECT body FROM slot WHERE vehicle = ? AND from_ms <= ? AND to_ms > ? AND ${IN_FORCE}
       ORDER BY slot LIMIT ${MOST_SLOTS}`,
    );
  }

  enterprise(id: string, { enterprises: version = 0 }: InForce): Enterprise | null {
    return read(this.#enterprise.get(id, version, version)) as Enterprise | null;
  }

  /** Enterprises in the order of their ids, after one of them: for going through them all. */
  enterprisesAfter(id: string, limit: number, { enterprises: version = 0 }: InForce): Enterprise[] {
    const rows = this.#enterprisesAfter.all(id, version, version, limit);
    return rows.map(({ body }) => JSON.parse(body) as Enterprise);
  }

  /** Consignments in the order of their ids, after one of them. */
  consignmentsAfter(
    id: string,
    limit: number,
    { consignments: version = 0 }: InForce,
  ): Consignment[] {
    const rows = this.#consignmentsAfter.all(id, version, version, limit);
    return rows.map(({ body }) => JSON.parse(body) as Consignment);
  }

  consignment(id: string, { consignments: version = 0 }: InForce): Consignment | null {
    return read(this.#consignment.get(id, version, version)) as Consignment | null;
  }

  lines(consignment: string, inForce: InForce): ConsignmentLine[] {
    const version = inForce['consignment-lines'] ?? 0;
    const rows = this.#lines.all(consignment, version, version);
    return rows.map(({ body }) => JSON.parse(body) as ConsignmentLine);
  }

  vehicle(id: string, { vehicles: version = 0 }: InForce): Vehicle | null {
    return read(this.#vehicle.get(id, version, version)) as Vehicle | null;
  }

  vehicleOfTag(credential: string, { vehicles: version = 0 }: InForce): Vehicle | null {
    return read(this.#byTag.get(credential, version, version)) as Vehicle | null;
  }

  /** The slots of a vehicle at a moment. */
  slotsAt(vehicle: string, atMs: number, { slots: version = 0 }: InForce): Slot[] {
    const rows = this.#slots.all(vehicle, atMs, atMs, version, version);
    return rows.map(({ body }) => JSON.parse(body) as Slot);
  }
}

/** Rows were checked when they were loaded. */
function read(row: { readonly body: string } | undefined): unknown {
  return row === undefined ? null : JSON.parse(row.body);
}
