"""Alerts: tells the staff of orders, people and problems that need attention.

current.py reads from the tables what needs attention now
raising.py opens and closes alerts, and decides which to send
telling.py      words a message to phones
alarm_phone.py sends unseen alerts by WhatsApp
devices.py      the browsers that agreed, and the shop's key
account_state.py  what Meta said of number and token when it was asked
account_notices.py  what Meta tells of the account by webhook
"""
