CREATE TABLE standing (
    identity BLOB PRIMARY KEY,
    state TEXT NOT NULL DEFAULT 'todo' CHECK (state IN ('todo', 'working', 'done', 'ignored')),
    note TEXT NOT NULL DEFAULT '',
    who TEXT NOT NULL,
    changed TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE report (
    identity BLOB NOT NULL,
    recipient TEXT NOT NULL,
    domain TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT,
    date TEXT,
    PRIMARY KEY (recipient, identity)
) WITHOUT ROWID;
CREATE INDEX report_by_domain ON report (domain, date);

CREATE TABLE verdict (
    identity BLOB PRIMARY KEY,
    state TEXT NOT NULL,
    summary TEXT NOT NULL,
    resolver TEXT,
    at TEXT NOT NULL
) WITHOUT ROWID;
