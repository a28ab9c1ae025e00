import { saidByCentre } from './said-by-centre.ts';
import { saidByDevices } from './said-by-devices.ts';
import { saidByModbus } from './said-by-modbus.ts';
import { saidByOsdp } from './said-by-osdp.ts';
import { saidOfRegimes } from './said-of-regimes.ts';
import { saidOfRows } from './said-of-rows.ts';
import { saidOfSales } from './said-of-sales.ts';
import type { WordTable } from './table.ts';

/**
 * What the engine says of devices, gate commands, the centre, and of dataset and
 * regime files. The English is the
 * engine's own text, word for word, with its values in holes: by that a text is known again, also
 * one that stands in an old journal. `{{detail}}` is a message of the system or of PostgreSQL,
 * which is quoted as it is.
 */
export const sayings = {
  ...saidByDevices,
  ...saidByOsdp,
  ...saidByModbus,
  ...saidByCentre,
  ...saidOfRegimes,
  ...saidOfRows,
  ...saidOfSales,
} as const satisfies WordTable;
