"""Is a file right? Every check yields findings; none of them stops the others.

What is checked where: :mod:`~qawl.validation.spans` (offsets, words), :mod:`.attributions`
(parts, types), :mod:`.entities`, :mod:`.marks` (nothing in quotation marks passed over), and
:mod:`.files` (documents against each other).
"""

from qawl.validation.document import check_document
from qawl.validation.files import check_documents, check_file, check_gold

__all__ = ["check_document", "check_documents", "check_file", "check_gold"]
