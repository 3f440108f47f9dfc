"""What needs somebody of the shop reaches one.

current.py      what needs somebody now, read from the tables
raising.py      opens and closes alerts, and decides which are due to be told
telling.py      words a message to phones
alarm_phone.py  what nobody has seen, by WhatsApp
devices.py      the browsers that agreed, and the shop's key
account_state.py  what Meta said of number and token when it was asked
account_notices.py  what Meta tells of the account by webhook
"""
