/** Only ever added to; a released step is never changed. */
export const outboxMigrations: readonly string[] = [
  `CREATE TABLE usage (
     sequence INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     menu TEXT NOT NULL,
     at_ms INTEGER NOT NULL,
     clock TEXT NOT NULL,
     boot_id TEXT NOT NULL,
     uptime_ms INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE health (
     sequence INTEGER PRIMARY KEY,
     at_ms INTEGER NOT NULL,
     clock TEXT NOT NULL,
     boot_id TEXT NOT NULL,
     uptime_ms INTEGER NOT NULL,
     level TEXT NOT NULL,
     code TEXT NOT NULL,
     detail TEXT NOT NULL
   ) STRICT;
   CREATE TABLE recent_access (noted INTEGER PRIMARY KEY, access_id TEXT NOT NULL UNIQUE) STRICT;
   CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   INSERT INTO counter (name, value) VALUES ('usage_last', 0), ('usage_removed', 0), ('health_last', 0);
   CREATE TABLE memory (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
]
