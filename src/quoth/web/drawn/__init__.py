"""Drawings: from a snapshot to shapes with their places, which templates turn into SVG."""
