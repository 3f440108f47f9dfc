"""Alerts: tells the staff of orders, people and problems that need attention.

May import every package of the shop; only shop.teaching stands above it.

- current.py reads from the tables what needs attention now;
- raising.py opens and closes alerts, and decides which to send;
- telling.py words a message to phones;
- alarm_phone.py sends unseen alerts by WhatsApp;
- devices.py has the browsers that agreed, and the shop's key;
- account_state.py has the state of number and token that Meta gave when it was asked;
- account_notices.py has what Meta reports of the account by webhook.
"""
