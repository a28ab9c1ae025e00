import type {
  Consignment,
  ConsignmentLine,
  Enterprise,
  Slot,
  Vehicle,
} from '../../../shared/domain/goods.ts';
import type { ReadableDb } from '../store/database.ts';
import type { InForce } from './lookup.ts';

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
    return read<Enterprise>(this.#enterprise.get(id, version, version));
  }

  consignment(id: string, { consignments: version = 0 }: InForce): Consignment | null {
    return read<Consignment>(this.#consignment.get(id, version, version));
  }

  lines(consignment: string, inForce: InForce): ConsignmentLine[] {
    const version = inForce['consignment-lines'] ?? 0;
    const rows = this.#lines.all(consignment, version, version);
    return rows.map(({ body }) => JSON.parse(body) as ConsignmentLine);
  }

  vehicle(id: string, { vehicles: version = 0 }: InForce): Vehicle | null {
    return read<Vehicle>(this.#vehicle.get(id, version, version));
  }

  vehicleOfTag(credential: string, { vehicles: version = 0 }: InForce): Vehicle | null {
    return read<Vehicle>(this.#byTag.get(credential, version, version));
  }

  /** The slots of a vehicle at a moment. */
  slotsAt(vehicle: string, atMs: number, { slots: version = 0 }: InForce): Slot[] {
    const rows = this.#slots.all(vehicle, atMs, atMs, version, version);
    return rows.map(({ body }) => JSON.parse(body) as Slot);
  }
}

/** Rows were checked when they were loaded. */
function read<T>(row: { readonly body: string } | undefined): T | null {
  return row === undefined ? null : (JSON.parse(row.body) as T);
}
