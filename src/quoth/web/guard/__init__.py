"""Who may look and who may change: the token of a local desk, sessions, and what every form has to carry."""

from quoth.web.guard.readers import Forbidden, Reader, Role, csrf_of, reader_of, require

__all__ = ["Forbidden", "Reader", "Role", "csrf_of", "reader_of", "require"]
