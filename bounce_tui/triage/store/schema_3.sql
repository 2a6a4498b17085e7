ALTER TABLE report ADD COLUMN seen TEXT NOT NULL DEFAULT '';
UPDATE report SET seen = date('now');
CREATE INDEX report_by_day ON report (seen);
