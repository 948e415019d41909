# SPDX-License-Identifier: GPL-3.0-or-later
"""What SQLite and the file system said, as one of our fault codes."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlcipher3 import dbapi2

from pact_desktop.domain.errors import Fault, FaultCode

_PRIMARY: Final = 0xFF
"""SQLite keeps the kind of an error in the low byte and its detail above."""

_BY_SQLITE_CODE: Final[dict[int, FaultCode]] = {
    5: FaultCode.STORAGE_IN_USE,
    6: FaultCode.STORAGE_IN_USE,
    8: FaultCode.STORAGE_READ_ONLY,
    10: FaultCode.STORAGE_FAILED,
    11: FaultCode.STORAGE_DAMAGED,
    13: FaultCode.STORAGE_FULL,
    14: FaultCode.STORAGE_INCOMPLETE,
    26: FaultCode.STORAGE_FOREIGN,
}
"""BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB."""

_BY_ERRNO: Final[dict[int, FaultCode]] = {
    errno.ENOSPC: FaultCode.STORAGE_FULL,
    errno.EDQUOT: FaultCode.STORAGE_FULL,
    errno.EFBIG: FaultCode.STORAGE_FULL,
    errno.EROFS: FaultCode.STORAGE_READ_ONLY,
    errno.EACCES: FaultCode.STORAGE_READ_ONLY,
    errno.EPERM: FaultCode.STORAGE_READ_ONLY,
}


def fault_of(error: BaseException) -> Fault:
    """The fault behind an error of the driver or the system."""
    if isinstance(error, OSError):
        return Fault(_BY_ERRNO.get(error.errno or 0, FaultCode.STORAGE_FAILED))
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    return Fault(_BY_SQLITE_CODE.get(code, FaultCode.STORAGE_FAILED))


@contextmanager
def storage_faults() -> Iterator[None]:
    """Turns whatever the disk or the database says inside into a Fault.

    A broken constraint or a wrong statement is a mistake of ours and passes unchanged.
    """
    try:
        yield
    except (IntegrityError, ProgrammingError, dbapi2.IntegrityError, dbapi2.ProgrammingError):
        raise
    except DBAPIError as error:
        raise fault_of(error.orig or error) from None
    except (dbapi2.Error, OSError) as error:
        raise fault_of(error) from None
