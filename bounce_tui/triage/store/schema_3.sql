ALTER TABLE report ADD COLUMN seen TEXT NOT NULL DEFAULT '';
UPDATE report SET seen = date('now');
CREATE INDEX report_by_day ON report (seen);
CREATE INDEX verdict_by_time ON verdict (at);
CREATE INDEX run_by_time ON run (at);
