"""Presets and network files, in and out: one format a file, one clear line where something is wrong."""
