"""What leaves the house: every text form of a case, made safe for terminals and spreadsheets."""

from bounce_tui.reporting.record import ndjson
from bounce_tui.reporting.sheets import csv
from bounce_tui.reporting.table_text import table
from bounce_tui.reporting.visible import visible, visible_lines, visible_path

__all__ = ["csv", "ndjson", "table", "visible", "visible_lines", "visible_path"]
