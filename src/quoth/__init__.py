"""Quoth: a ledger of who said what, through whom, when and how sure, with the exact words as evidence."""
