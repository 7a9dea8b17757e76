"""Pages to look at: the error report, and who said what in a document. One file, no network."""

from qawl.views.html.page import reader_page, report_page
from qawl.views.html.payload import System, reader_data, report_data

__all__ = ["System", "reader_data", "reader_page", "report_data", "report_page"]
