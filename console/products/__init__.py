"""The room *Products*: products, categories, options, pictures, and import from spreadsheets."""
