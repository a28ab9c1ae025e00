-- What the centre keeps. An event's identity is (console_id, epoch, seq).
SET ROLE central_owner;

-- Which login speaks for which console: the console's id is never taken from an argument.
CREATE TABLE IF NOT EXISTS central.console (
  console_id text PRIMARY KEY CHECK (length(console_id) BETWEEN 1 AND 64),
  login name NOT NULL UNIQUE,
  enrolled_at timestamptz NOT NULL DEFAULT now(),
  -- What the console last said of itself: how much the centre still misses.
  seen_at timestamptz,
  claimed_epoch integer,
  claimed_seq bigint
);
-- How that fitted what the centre held then: 'fits', 'behind' (the journal ends before what is
-- held) or 'differs' (it ends at the same event with another hash). Added later, as all that is
-- altered here.
ALTER TABLE central.console ADD COLUMN IF NOT EXISTS claim text;

-- The boots of each console that were heard lately. A boot's id is random and never used again, so
-- one that is heard after a later one began is a second console under the same name.
CREATE TABLE IF NOT EXISTS central.boot (
  console_id text NOT NULL REFERENCES central.console,
  boot text NOT NULL CHECK (length(boot) BETWEEN 1 AND 64),
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (console_id, boot)
) WITH (fillfactor = 50);

-- One row. A batch may always hold one event of the largest size, so that no event is unsendable.
CREATE TABLE IF NOT EXISTS central.setting (
  one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row),
  max_rows integer NOT NULL DEFAULT 1000 CHECK (max_rows BETWEEN 1 AND 100000),
  max_bytes integer NOT NULL DEFAULT 524288 CHECK (max_bytes BETWEEN 131072 AND 67108864)
);
INSERT INTO central.setting DEFAULT VALUES ON CONFLICT DO NOTHING;

-- The head of each console's journal as held here. This row is locked by a push and is what
-- refuses gaps and forks: with a day in the primary key of the events, that key alone could not.
-- Half of each page is left free so that moving the head never touches the index.
CREATE TABLE IF NOT EXISTS central.chain (
  console_id text NOT NULL REFERENCES central.console,
  epoch integer NOT NULL CHECK (epoch >= 1),
  head_seq bigint NOT NULL DEFAULT 0,
  head_hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex')
    CHECK (octet_length(head_hash) = 32),
  opened_at timestamptz NOT NULL DEFAULT now(),
  moved_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (console_id, epoch)
) WITH (fillfactor = 50);

-- From which event of which epoch a later epoch goes on, by its own first event, and how that fits
-- what is held of the earlier one, which is closed since:
--   agrees    the same event is held
--   differs   another event is held under that number
--   lacking   the earlier epoch did not come here so far
--   unproved  that event was taken away by retention and can no longer be compared
--   unread    the first event does not say from where it goes on
-- lost_from to lost_to of the earlier epoch are missing on one side: here when it is lacking, else
-- on the console, and held here.
ALTER TABLE central.chain
  ADD COLUMN IF NOT EXISTS parent_epoch integer,
  ADD COLUMN IF NOT EXISTS parent_seq bigint,
  ADD COLUMN IF NOT EXISTS parent_hash bytea,
  ADD COLUMN IF NOT EXISTS parent_state text,
  ADD COLUMN IF NOT EXISTS lost_from bigint,
  ADD COLUMN IF NOT EXISTS lost_to bigint;

-- The events, byte for byte as the console hashed them: nothing is parsed on the way in, so no
-- text can be refused for what it says. `day` is the centre's own day of receipt in Hong Kong.
CREATE TABLE IF NOT EXISTS central.event (
  console_id text NOT NULL,
  epoch integer NOT NULL,
  seq bigint NOT NULL,
  day date NOT NULL,
  received_at timestamptz NOT NULL,
  body bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (console_id, epoch, seq, day)
) PARTITION BY RANGE (day);

-- Takes what no day's partition takes; rows in it mean that ensure_partitions was not run.
CREATE TABLE IF NOT EXISTS central.event_default PARTITION OF central.event DEFAULT;

RESET ROLE;
