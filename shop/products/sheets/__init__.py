"""Products, options and categories as tables of a spreadsheet: read, planned, applied, written."""
