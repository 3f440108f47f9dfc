"""Backups of the database: made while the shop serves, encrypted when a key is set, restored.

python -m storage.backup                  makes one, and deletes the oldest beyond BACKUP_KEEP
python -m storage.backup restore FILE     fills an empty database from one, then migrates it
"""
