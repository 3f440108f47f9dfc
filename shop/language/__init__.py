"""The languages that the shop speaks, the wording of responses, the forms in which text is
compared, masking. Imports nothing else of the shop.
"""
