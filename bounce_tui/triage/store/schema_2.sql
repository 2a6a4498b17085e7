CREATE TABLE run (
    identity BLOB NOT NULL,
    failure INTEGER NOT NULL,
    state TEXT NOT NULL,
    resolver TEXT,
    at TEXT NOT NULL,
    results BLOB NOT NULL,
    PRIMARY KEY (identity, failure)
) WITHOUT ROWID;
