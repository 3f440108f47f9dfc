"""A line of a placed order ran out: staff mark it (marking), its customer is asked (question,
asking) and answers (answering); if nobody answers, a person is called (silence). May import
shop.orders and the packages below it.
"""
