"""The desk: the browser's view of a case.  Needs the extra `desk`."""
