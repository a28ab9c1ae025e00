import type { Schema } from '../store/open.ts';

const APPLICATION_ID = 0x54574c52;

/**
 * Versioned rows: a row is in force from `from_version` up to (not including) `to_version`. A new
 * version is staged with a number that is not in force yet, so it is invisible until the journal
 * says `dataset.in-force`; readers always ask for "≤ in force".
 */
const reference1 = `
CREATE TABLE permit (
  id INTEGER PRIMARY KEY,
  permit TEXT NOT NULL,
  person TEXT NOT NULL,
  credential TEXT NOT NULL,
  class TEXT NOT NULL,
  status TEXT NOT NULL,
  valid_from_ms INTEGER NOT NULL,
  valid_to_ms INTEGER NOT NULL,
  areas TEXT NOT NULL,
  from_minute INTEGER NOT NULL,
  to_minute INTEGER NOT NULL,
  enterprise TEXT,
  consent_at_ms INTEGER,
  trade TEXT,
  from_version INTEGER NOT NULL,
  to_version INTEGER
) STRICT;
CREATE INDEX permit_credential ON permit (credential);
CREATE INDEX permit_permit ON permit (permit);
CREATE INDEX permit_person ON permit (person);
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  person TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  employer TEXT NOT NULL,
  document TEXT NOT NULL,
  from_version INTEGER NOT NULL,
  to_version INTEGER
) STRICT;
CREATE INDEX person_person ON person (person);
CREATE INDEX person_name_zh ON person (name_zh);
CREATE INDEX person_name_en ON person (name_en COLLATE NOCASE);
CREATE TABLE watch_entry (
  id INTEGER PRIMARY KEY,
  person TEXT NOT NULL,
  reason TEXT NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  from_version INTEGER NOT NULL,
  to_version INTEGER
) STRICT;
CREATE INDEX watch_entry_person ON watch_entry (person);
CREATE TABLE clearance (
  id INTEGER PRIMARY KEY,
  person TEXT NOT NULL,
  line TEXT NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  from_version INTEGER NOT NULL,
  to_version INTEGER
) STRICT;
CREATE INDEX clearance_person ON clearance (person);
`;

const reference2 = `
CREATE INDEX permit_enterprise ON permit (enterprise) WHERE enterprise IS NOT NULL;
CREATE TABLE admitted_trade (
  id INTEGER PRIMARY KEY,
  trade TEXT NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER,
  from_version INTEGER NOT NULL,
  to_version INTEGER
) STRICT;
CREATE INDEX admitted_trade_trade ON admitted_trade (trade);
CREATE TABLE roster_member (
  id INTEGER PRIMARY KEY,
  roster TEXT NOT NULL,
  person TEXT NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER,
  from_version INTEGER NOT NULL,
  to_version INTEGER
) STRICT;
CREATE INDEX roster_member_person ON roster_member (person);
CREATE TABLE health_test (
  id INTEGER PRIMARY KEY,
  person TEXT NOT NULL,
  taken_ms INTEGER NOT NULL,
  result TEXT NOT NULL,
  from_version INTEGER NOT NULL,
  to_version INTEGER
) STRICT;
CREATE INDEX health_test_person ON health_test (person);
`;

/** Goods and vehicles: what is looked up by stands in columns, the whole row as JSON beside it. */
const reference3 = `
CREATE TABLE enterprise (
  id INTEGER PRIMARY KEY, enterprise TEXT NOT NULL, body TEXT NOT NULL,
  from_version INTEGER NOT NULL, to_version INTEGER
) STRICT;
CREATE INDEX enterprise_enterprise ON enterprise (enterprise);
CREATE TABLE consignment (
  id INTEGER PRIMARY KEY, consignment TEXT NOT NULL, body TEXT NOT NULL,
  from_version INTEGER NOT NULL, to_version INTEGER
) STRICT;
CREATE INDEX consignment_consignment ON consignment (consignment);
CREATE TABLE consignment_line (
  id INTEGER PRIMARY KEY, consignment TEXT NOT NULL, line INTEGER NOT NULL, body TEXT NOT NULL,
  from_version INTEGER NOT NULL, to_version INTEGER
) STRICT;
CREATE INDEX consignment_line_consignment ON consignment_line (consignment, line);
CREATE TABLE vehicle (
  id INTEGER PRIMARY KEY, vehicle TEXT NOT NULL, credential TEXT NOT NULL, body TEXT NOT NULL,
  from_version INTEGER NOT NULL, to_version INTEGER
) STRICT;
CREATE INDEX vehicle_vehicle ON vehicle (vehicle);
CREATE INDEX vehicle_credential ON vehicle (credential);
CREATE TABLE slot (
  id INTEGER PRIMARY KEY, slot TEXT NOT NULL, vehicle TEXT NOT NULL, from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL, body TEXT NOT NULL,
  from_version INTEGER NOT NULL, to_version INTEGER
) STRICT;
CREATE INDEX slot_slot ON slot (slot);
CREATE INDEX slot_vehicle ON slot (vehicle, from_ms);
`;

export const referenceSchema: Schema = {
  applicationId: APPLICATION_ID,
  migrations: [
    { version: 1, sql: reference1 },
    { version: 2, sql: reference2 },
    { version: 3, sql: reference3 },
  ],
};
