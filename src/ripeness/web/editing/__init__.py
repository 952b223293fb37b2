"""The guided form of a scenario: its steps, their fields as HTML, and what an entry writes into the text."""
