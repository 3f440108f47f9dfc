"""What the Rasa server loads: WhatsApp's channel, the tracker store, our parts in place of Rasa's.

May import Rasa, shop, trays, storage and settings, but not actions, console or nlu.
"""
