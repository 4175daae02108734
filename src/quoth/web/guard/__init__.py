"""The guard of the desk: who comes in, from where, with what, and what a browser may do with the answers."""

from quoth.web.guard.csrf import csrf_of
from quoth.web.guard.policy import Policy
from quoth.web.guard.roles import Forbidden, Reader, Role, reader_of, require
from quoth.web.guard.wall import Guard, Guarded, guard_of

__all__ = ["Forbidden", "Guard", "Guarded", "Policy", "Reader", "Role", "csrf_of", "guard_of", "reader_of", "require"]
