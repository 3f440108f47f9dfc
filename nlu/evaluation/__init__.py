"""What a trained model understands, measured on messages that it never saw.

May import the packages that read messages: nlu.intents and those below it.
"""
