"""The forecast ledger: dated probabilities on set questions, kept so that any later change shows.

Read `entry` for what is kept, `chain` for why a change shows, `book` for how it is written.
"""
