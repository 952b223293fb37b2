"""The record of past wars: the producers' files, their faults, and how a row becomes a war."""
