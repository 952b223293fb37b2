"""The workbench in the browser: pages and a JSON interface over the same verbs as the command line; no science here."""
