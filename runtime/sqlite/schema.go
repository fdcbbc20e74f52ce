package sqlite

import "fmt"

// What the file says of itself in its header.
const (
	applicationID = 0x466c7576 // "Fluv"
	schemaVersion = 1
)

// schema is what a new file gets. docs/stores.md describes it for whoever opens the file with other tools.
//
// An append's first event carries the append's size, and its command id if it has one: the engine keeps
// one command to one append by a partial index that only those rows are in.
//
// A BEFORE INSERT trigger is needed against INSERT OR REPLACE: that removes the row in its way without
// firing a delete trigger, unless the connection has set recursive_triggers, which the sqlite3 command line
// has not. So nothing may be inserted that is in another's way. As to a row's place in its stream the
// trigger asks for more, that it be the next: the law that sequences have no holes holds in the file too,
// at the same price.
var schema = []string{
	`CREATE TABLE events (
  position     INTEGER PRIMARY KEY CHECK (position BETWEEN 1 AND 9007199254740991),
  domain       TEXT    NOT NULL,
  aggregate    TEXT    NOT NULL,
  aggregate_id TEXT    NOT NULL,
  sequence     INTEGER NOT NULL,
  key          TEXT    NOT NULL,
  version      INTEGER NOT NULL,
  timestamp    INTEGER NOT NULL,
  metadata     TEXT    NOT NULL,
  payload      TEXT    NOT NULL,
  append_size  INTEGER NOT NULL,
  command_id   TEXT
) STRICT`,
	`CREATE UNIQUE INDEX events_stream ON events (domain, aggregate, aggregate_id, sequence)`,
	`CREATE UNIQUE INDEX events_command ON events (domain, aggregate, aggregate_id, command_id) WHERE command_id IS NOT NULL`,
	`CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'an event never changes: append a correcting one'); END`,
	`CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END`,
	`CREATE TRIGGER events_no_replace BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE position = NEW.position)
  OR NEW.sequence IS NOT 1 + coalesce((SELECT max(sequence) FROM events
    WHERE domain = NEW.domain AND aggregate = NEW.aggregate AND aggregate_id = NEW.aggregate_id), 0)
  OR NEW.command_id IS NOT NULL AND EXISTS (SELECT 1 FROM events
    WHERE domain = NEW.domain AND aggregate = NEW.aggregate AND aggregate_id = NEW.aggregate_id
      AND command_id = NEW.command_id)
BEGIN SELECT RAISE(ABORT, 'an event is never replaced, and follows the last of its stream'); END`,
	`CREATE TABLE cells (
  bucket   TEXT    NOT NULL,
  key      TEXT    NOT NULL,
  value    TEXT    NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (bucket, key)
) STRICT`,
	`CREATE TABLE revisions (last INTEGER NOT NULL) STRICT`,
	`INSERT INTO revisions VALUES (0)`,
	fmt.Sprintf(`PRAGMA application_id = %d`, applicationID),
	fmt.Sprintf(`PRAGMA user_version = %d`, schemaVersion),
}

// parts are the names in sqlite_schema without which a file of this version is not whole.
const parts = `SELECT count(*) FROM sqlite_schema WHERE name IN ('events', 'events_stream', 'events_command',
'events_no_update', 'events_no_delete', 'events_no_replace', 'cells', 'revisions')`

const partCount = 8
